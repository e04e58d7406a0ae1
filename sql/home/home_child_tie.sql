-- home_child_tie: children whom nothing ties to an adult, to the one family with an adult old enough in their private home. Grain: pair, n_l < n_r.
-- Where sources overlap, a stray address is one that a single source has.
with seen as (
    select least(count(distinct source), 2) * $seen_enough as strength from home_sighting
),

-- One adult and one group of young children are mother or father and child, though one source alone knows them.
by_themselves as (
    select dwelling_key
    from home_part
    group by dwelling_key
    having
        count(*) = 2
        and sum(adult_count + unknown_count) = 1
        and bool_and(adult_count = 0 or people = 1)
        and bool_and(adult_count = 0 or not is_declared)
        and min(share) > $settled_share
        and min(strength) >= $lately_seen
        and max(eldest_child) < $dependent_age
        and coalesce(max(adult_age) - max(eldest_child) <= $generation_to, true)
),

fitting as (
    select part.dwelling_key, part.group_n as child_group_n, host.group_n, min(host.n) as n_host
    from home_part as part
    inner join home_member as host on host.dwelling_key = part.dwelling_key and host.group_n <> part.group_n and host.member_role <> 'child'
    -- A child whom records put elsewhere too may be a former tenant's.
    where
        part.adult_count + part.unknown_count = 0
        and part.share > $settled_share
        and (part.strength >= (select strength from seen) or part.dwelling_key in (from by_themselves))
        and (host.age is null or host.age - part.eldest_child between $parent_from and $parent_to)
    group by part.dwelling_key, part.group_n, host.group_n
),

-- A child with no adult at its home lives with the relative who has a record there.
kept_by as (
    select part.group_n as child_group_n, host_group.group_n, min(kin.n_r) as n_host
    from home_part as part
    inner join home_member as child on child.group_n = part.group_n and child.dwelling_key = part.dwelling_key
    inner join home_kin as kin on kin.n_l = child.n
    inner join home_stay as stay on stay.n = kin.n_r and stay.dwelling_key = part.dwelling_key and not stay.is_over
    inner join home_person as host on host.n = kin.n_r and host.age - part.eldest_child between $parent_from and $parent_to
    inner join home_group as host_group on host_group.n = kin.n_r
    where part.adult_count + part.unknown_count = 0 and part.eldest_child < $dependent_age and part.group_n not in (select child_group_n from fitting)
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
inner join home_member as member on member.group_n = only_one.child_group_n
