-- What each variant would make of the list, by district. Grain: variant x district.
with listed as (
    select coalesce(district, 'unplaced') as district, count(*) as listed_count
    from run.cohort.family
    where framework_id = $framework_id and status = 'verified'
    group by all
),
going as (
    select
        variant,
        district,
        count(*) filter (where change = 'would_join') as would_join_count,
        count(*) filter (where change = 'would_leave') as would_leave_count
    from moved
    group by variant, district
),
asked as (
    select variant.framework_id as variant, district
    from (select distinct framework_id from variant) as variant
    cross join (select distinct coalesce(district, 'unplaced') as district from run.cohort.family where framework_id = $framework_id)
)
select
    asked.variant,
    asked.district,
    coalesce(listed.listed_count, 0) as listed_before_count,
    coalesce(going.would_join_count, 0) as would_join_count,
    coalesce(going.would_leave_count, 0) as would_leave_count,
    listed_before_count + coalesce(going.would_join_count, 0) - coalesce(going.would_leave_count, 0) as listed_after_count
from asked
left join listed using (district)
left join going using (variant, district)
order by asked.variant::integer, asked.district = 'unplaced', asked.district
