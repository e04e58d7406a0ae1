-- The curve of a sweep: how long the list would be under each variant. Grain: variant.
with going as (
    select
        variant,
        count(*) filter (where change = 'would_join') as would_join_count,
        count(*) filter (where change = 'would_leave') as would_leave_count
    from moved
    group by variant
)
select
    status.framework_id as variant,
    count(*) filter (where status.status = 'verified') as listed_count,
    coalesce(any_value(going.would_join_count), 0) as would_join_count,
    coalesce(any_value(going.would_leave_count), 0) as would_leave_count,
    count(*) filter (where status.status = 'review') as review_count,
    count(*) filter (where status.status = 'near_miss') as near_miss_count
from family_status as status
left join going on going.variant = status.framework_id
group by status.framework_id
order by status.framework_id::integer
