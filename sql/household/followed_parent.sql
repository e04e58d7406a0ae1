-- followed_parent: children whom nothing ties to an adult, where a school names a parent first who by all other sources has moved: each child went along with
-- its own, or somebody else keeps it there. Grain: person of a group without an adult in which a child follows a parent.
-- Whoever names no parent goes (`home_n`) where most of the group go.
with named as (
    select a.n, a.group_n, r.n_l as parent_n, home.group_n as home_n, r.seen_date
    from without_adult as a
    -- The school has both at the address it knew.
    inner join household_relation as r on r.n_r = a.n and r.relationship_type = 'parent_of' and r.is_same_address and r.contact_rank = 1
    inner join resident as p on p.n = r.n_l and not p.is_partial and p.dwelling_key <> a.dwelling_key
    inner join household_group as home on home.n = r.n_l
    where a.member_role = 'child' and not a.is_partial
    qualify row_number() over (partition by a.n order by r.seen_date desc, r.n_l) = 1
),

most as (
    select group_n, home_n
    from named
    group by group_n, home_n
    qualify row_number() over (partition by group_n order by count(*) desc, max(seen_date) desc, home_n) = 1
)

select a.n, a.group_n, named.parent_n, coalesce(named.home_n, most.home_n) as home_n
from without_adult as a
inner join most on most.group_n = a.group_n
left join named on named.n = a.n
