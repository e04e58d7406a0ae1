-- stage_count: families at each stage of the reckoning, where there are any. Grain: framework x district x ward x stage.
-- Identified families meet the rule; each of them is in review (put off included), verified, rejected (suppressed included: whom a
-- person keeps off the list), or in service (a service works with it already).
-- Confirmed are those of the verified whom a person confirmed. Not assessed are those found short of the rule while something could not be assessed.
with counted as (
    select
        framework_id,
        coalesce(district, 'unplaced') as district,
        coalesce(ward, 'unplaced') as ward,
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
)
select framework_id, district, ward, stage, family_count
from (unpivot counted on identified, in_review, verified, confirmed, rejected, in_service, near_miss, not_assessed into name stage value family_count)
where family_count > 0
