-- home_child_tie: children whom nothing ties to an adult, to the one family with an adult old enough in their private home. Grain: pair, n_l < n_r.
with member as (
    select now.dwelling_key, home_group.group_n, person.n, person.age, person.member_role, now.share, now.strength
    from home_now as now
    inner join home_group on home_group.n = now.n
    inner join home_person as person on person.n = now.n
    inner join home_dwelling as dwelling on dwelling.dwelling_key = now.dwelling_key
    where dwelling.class = 'private' and now.n not in (select n from home_guest)
),

part as (
    select dwelling_key, group_n, bool_or(member_role <> 'child') as has_adult, max(age) filter (where member_role = 'child') as eldest_child, min(share) as share, max(strength) as strength
    from member
    group by dwelling_key, group_n
),

-- Where sources overlap, a stray address is one that a single source has.
seen as (
    select least(count(distinct source), 2) * $seen_enough as strength from home_sighting
),

fitting as (
    select part.dwelling_key, part.group_n as child_group_n, host.group_n, min(host.n) as n_host, bool_or(host.age is null) as is_of_unknown_age
    from part
    inner join member as host on host.dwelling_key = part.dwelling_key and host.group_n <> part.group_n and host.member_role <> 'child'
    -- A child whom records put elsewhere too may be a former tenant's.
    where
        not part.has_adult
        and part.share > $settled_share
        and part.strength >= (select strength from seen)
        and (host.age is null or host.age - part.eldest_child between $parent_from and $parent_to)
    group by part.dwelling_key, part.group_n, host.group_n
),

-- A child with no adult at its home lives with the relative who has a record there.
kept_by as (
    select part.group_n as child_group_n, host_group.group_n, min(kin.n_r) as n_host
    from part
    inner join member as child on child.group_n = part.group_n and child.dwelling_key = part.dwelling_key
    inner join home_kin as kin on kin.n_l = child.n
    inner join home_stay as stay on stay.n = kin.n_r and stay.dwelling_key = part.dwelling_key
    inner join home_person as host on host.n = kin.n_r and host.age - part.eldest_child between $parent_from and $parent_to
    inner join home_group as host_group on host_group.n = kin.n_r
    where not part.has_adult and part.eldest_child < $dependent_age and part.group_n not in (select child_group_n from fitting)
    group by part.group_n, host_group.group_n
),

only_one as (
    select child_group_n, min(n_host) as n_host
    from (select child_group_n, n_host from fitting union all select child_group_n, n_host from kept_by)
    group by child_group_n
    having count(*) = 1
)

select
    least(member.n, only_one.n_host) as n_l,
    greatest(member.n, only_one.n_host) as n_r,
    $child_of_home as probability,
    'child_by_age' as basis,
    false as is_declared
from only_one
inner join member on member.group_n = only_one.child_group_n
