-- Households by status, as published and as each variant would have them. Grain: variant x status.
with status as (
    select unnest($statuses::varchar[]) as status, generate_subscripts($statuses::varchar[], 1) as position
),
before as (
    select status, count(*) as before_count
    from run.cohort.family
    where framework_id = $framework_id
    group by status
),
now as (
    select framework_id as variant, status, count(*) as after_count
    from family_status
    group by framework_id, status
)
select
    variant.variant,
    status.status,
    coalesce(before.before_count, 0) as before_count,
    coalesce(now.after_count, 0) as after_count
from status
cross join (select distinct framework_id as variant from variant) as variant
left join before using (status)
left join now using (variant, status)
order by variant.variant::integer, status.position
