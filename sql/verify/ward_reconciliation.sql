-- ward_reconciliation: the reckoning of each district by its wards. Grain: framework x district x ward x stage.
-- A district's families without a known ward stand under 'unplaced', so that its wards add up to it; without a wards.csv there is no row.
with area as (
    select distinct district, ward
    from ward_place
    union all
    select district, 'unplaced'
    from (select unnest($districts::varchar[]) as district)
    where exists (from ward_place)
)
select
    framework.framework_id,
    area.district,
    area.ward,
    stage.stage,
    coalesce(sum(found.family_count), 0)::integer as family_count
from area
cross join (select unnest($frameworks) as framework_id) as framework
cross join (select unnest($stages) as stage) as stage
left join stage_count as found
    on found.framework_id = framework.framework_id
    and found.district = area.district
    and found.ward = area.ward
    and found.stage = stage.stage
group by framework.framework_id, area.district, area.ward, stage.stage
order by framework.framework_id, area.district, area.ward, stage.stage
