-- The list before and after, by district and ward, where any ward is told. Grain: variant x district x ward.
with placed as (
    select coalesce(district, 'unplaced') as district, coalesce(ward, 'unplaced') as ward, status
    from run.cohort.family
    where framework_id = $framework_id
),
listed as (
    select district, ward, count(*) as listed_count
    from placed
    where status = 'verified'
    group by all
),
going as (
    select
        variant,
        district,
        coalesce(ward, 'unplaced') as ward,
        count(*) filter (where change = 'would_join') as would_join_count,
        count(*) filter (where change = 'would_leave') as would_leave_count
    from moved
    group by all
),
asked as (
    select variant.framework_id as variant, area.district, area.ward
    from (select distinct framework_id from variant) as variant
    cross join (select distinct district, ward from placed) as area
    where exists (from placed where ward <> 'unplaced')
)
select
    asked.variant,
    asked.district,
    asked.ward,
    coalesce(listed.listed_count, 0) as listed_before_count,
    coalesce(going.would_join_count, 0) as would_join_count,
    coalesce(going.would_leave_count, 0) as would_leave_count,
    listed_before_count + coalesce(going.would_join_count, 0) - coalesce(going.would_leave_count, 0) as listed_after_count
from asked
left join listed using (district, ward)
left join going using (variant, district, ward)
order by asked.variant::integer, asked.district = 'unplaced', asked.district, asked.ward = 'unplaced', asked.ward
