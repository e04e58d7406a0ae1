-- reconciliation: from the indicative number of families to the verified one. Grain: framework x district x stage.
-- Identified families meet the rule; each of them is in review (put off included), verified, rejected (suppressed included: whom a
-- person keeps off the list), or in service (a service works with it already).
-- Confirmed are those of the verified whom a person confirmed. Not assessed are those found short of the rule while something could not be assessed.
with district as (
    select unnest(from_json($rows::json, '[{"district": "varchar", "indicative_count": "integer"}]'), recursive := true)
),
counted as (
    select
        framework_id,
        coalesce(district, 'unplaced') as district,
        count(*) filter (where qualifying_rule is not null) as identified,
        count(*) filter (where status in ('review', 'deferred')) as in_review,
        count(*) filter (where status = 'verified') as verified,
        count(*) filter (where status = 'verified' and decision = 'confirm') as confirmed,
        count(*) filter (where qualifying_rule is not null and status in ('rejected', 'suppressed')) as rejected,
        count(*) filter (where qualifying_rule is not null and status = 'in_service') as in_service,
        count(*) filter (where status = 'near_miss') as near_miss,
        count(*) filter (where status = 'not_qualifying' and criteria_not_assessed <> '') as not_assessed
    from cohort.family
    group by all
),
wide as (
    select
        framework.framework_id,
        district.district,
        district.indicative_count as indicative,
        coalesce(counted.identified, 0) as identified,
        coalesce(counted.in_review, 0) as in_review,
        coalesce(counted.verified, 0) as verified,
        coalesce(counted.confirmed, 0) as confirmed,
        coalesce(counted.rejected, 0) as rejected,
        coalesce(counted.in_service, 0) as in_service,
        coalesce(counted.near_miss, 0) as near_miss,
        coalesce(counted.not_assessed, 0) as not_assessed
    from district
    cross join (select unnest($frameworks) as framework_id) as framework
    left join counted on counted.framework_id = framework.framework_id and counted.district = district.district
)
select framework_id, district, stage, family_count
from (unpivot wide on indicative, identified, in_review, verified, confirmed, rejected, in_service, near_miss, not_assessed into name stage value family_count)
order by framework_id, district, stage
