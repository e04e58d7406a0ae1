-- dependent_tie: a young child whom nothing ties to an adult, to the one family with an adult in its private dwelling. Grain: pair.
with with_adult as (
    select g.group_n, bool_or(p.member_role = 'adult') as has_adult
    from household_group as g
    inner join household_person as p on p.n = g.n
    group by g.group_n
),

-- A dwelling with one group that holds an adult; lodgings and shared houses have several, and there nobody can say whose child it is.
one_family as (
    select r.dwelling_key, min(g.group_n) as group_n
    from resident as r
    inner join household_group as g on g.n = r.n
    inner join with_adult as w on w.group_n = g.group_n
    inner join dwelling_class as c on c.dwelling_key = r.dwelling_key
    where w.has_adult and not r.is_partial and c.class = 'private'
    group by r.dwelling_key
    having count(distinct g.group_n) = 1
),

alone as (
    select r.n, r.dwelling_key
    from resident as r
    inner join household_group as g on g.n = r.n
    inner join with_adult as w on w.group_n = g.group_n
    where not w.has_adult and not r.is_partial and r.member_role = 'child' and coalesce(r.age, 0) < $dependent_age
)

select
    least(a.n, f.group_n) as n_l,
    greatest(a.n, f.group_n) as n_r,
    2.4 as weight,
    round(1 / (1 + pow(2, -2.4)), 4) as probability,
    'dependent_child' as basis,
    false as is_declared
from alone as a
inner join one_family as f on f.dwelling_key = a.dwelling_key
