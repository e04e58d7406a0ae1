-- reconciliation: from the indicative number of families to the verified one. Grain: framework x district x stage.
-- What each stage is stands in stage_count.sql.
with district as (
    select unnest(from_json($rows::json, '[{"district": "varchar", "indicative_count": "integer"}]'), recursive := true)
)
select
    framework.framework_id,
    district.district,
    stage.stage,
    case stage.stage when 'indicative' then any_value(district.indicative_count) else coalesce(sum(found.family_count), 0) end::integer as family_count
from district
cross join (select unnest($frameworks) as framework_id) as framework
cross join (select unnest($stages) as stage) as stage
left join stage_count as found
    on found.framework_id = framework.framework_id and found.district = district.district and found.stage = stage.stage
group by framework.framework_id, district.district, stage.stage
order by framework.framework_id, district.district, stage.stage
