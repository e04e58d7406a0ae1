-- primary_membership: the one household of each adult, and the main one of each child. Grain: person.
with own_tie as (
    select t.n_l as n, t.n_r as other_n, t.probability, t.weight, t.basis from household_tie as t
    union all
    select t.n_r as n, t.n_l as other_n, t.probability, t.weight, t.basis from household_tie as t
),

-- The strongest evidence that ties the person to another of the group.
strongest as (
    select o.n, max({'weight': o.weight, 'basis': o.basis}).basis as basis
    from own_tie as o
    inner join household_group as g on g.n = o.n
    inner join household_group as h on h.n = o.other_n and h.group_n = g.group_n
    where o.probability >= $membership_probability
    group by o.n
)

select g.n, g.group_n, round(g.reach, 4) as probability, coalesce(s.basis, 'single_person') as basis
from household_group as g
left join strongest as s on s.n = g.n
