-- dependent_tie: a child whom nothing ties to an adult, to the parent a school names first, wherever that parent lives now; where no school names one, a
-- young child to the one family with an adult in its private dwelling. Grain: pair.
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
    select r.n, r.dwelling_key, r.age
    from resident as r
    inner join household_group as g on g.n = r.n
    inner join with_adult as w on w.group_n = g.group_n
    where not w.has_adult and not r.is_partial and r.member_role = 'child'
),

-- The parent has moved by all other sources, and the school has both at the address it knew: the child went along, or somebody else keeps it there.
parent_elsewhere as (
    select a.n, r.n_l as parent_n
    from alone as a
    inner join household_relation as r on r.n_r = a.n and r.relationship_type = 'parent_of' and r.is_same_address and r.contact_rank = 1
    inner join resident as p on p.n = r.n_l and not p.is_partial and p.dwelling_key <> a.dwelling_key
    qualify row_number() over (partition by a.n order by r.seen_date desc, r.n_l) = 1
),

found as (
    select n, parent_n as other_n, $followed_weight::double as weight, 'parental_contact' as basis, true as is_declared
    from parent_elsewhere
    union all
    select a.n, f.group_n, 2.4, 'dependent_child', false
    from alone as a
    inner join one_family as f on f.dwelling_key = a.dwelling_key
    where coalesce(a.age, 0) < $dependent_age and a.n not in (select n from parent_elsewhere)
)

select
    least(n, other_n) as n_l,
    greatest(n, other_n) as n_r,
    weight,
    round(1 / (1 + pow(2, -weight)), 4) as probability,
    basis,
    is_declared
from found
