-- home_membership: the household of each person, how sure, and on what basis. Grain: person.
with own_tie as (
    select n_l as n, n_r as other_n, probability, basis from home_tie
    union all
    select n_r as n, n_l as other_n, probability, basis from home_tie
),

strongest as (
    select own_tie.n, max({'probability': own_tie.probability, 'basis': own_tie.basis}).basis as basis
    from own_tie
    inner join home_group as own on own.n = own_tie.n
    inner join home_group as other on other.n = own_tie.other_n and other.group_n = own.group_n
    where own_tie.probability >= $membership
    group by own_tie.n
),

named as (
    select home_group.group_n, 'H' || left(md5(min(person.person_id)), 16) as household_id
    from home_group
    inner join home_person as person on person.n = home_group.n
    group by home_group.group_n
)

select home_group.n, home_group.group_n, named.household_id, round(home_group.reach, 4) as probability, coalesce(strongest.basis, 'alone') as basis
from home_group
inner join named on named.group_n = home_group.group_n
left join strongest on strongest.n = home_group.n
