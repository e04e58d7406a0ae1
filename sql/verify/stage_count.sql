-- stage_count: families at each stage of the reckoning, where there are any. Grain: framework x district x ward x stage.
-- Identified families meet the rule; each of them is in review (put off included), verified, rejected (suppressed included: whom a
-- person keeps off the list), or in service (a service works with it already).
-- Confirmed are those of the verified whom a person confirmed. Not assessed are those found short of the rule while something could not be assessed;
-- where no rule is in force, nothing that might be assessed would make them meet one.
with counted as (
    select
        family.framework_id,
        coalesce(district, 'unplaced') as district,
        coalesce(ward, 'unplaced') as ward,
        count(*) filter (where family.qualifying_rule is not null) as identified,
        count(*) filter (where family.status in ('review', 'deferred')) as in_review,
        count(*) filter (where family.status = 'verified') as verified,
        count(*) filter (where family.status = 'verified' and family.decision = 'confirm') as confirmed,
        count(*) filter (where family.qualifying_rule is not null and family.status in ('rejected', 'suppressed')) as rejected,
        count(*) filter (where family.qualifying_rule is not null and family.status = 'in_service') as in_service,
        count(*) filter (where family.status = 'near_miss') as near_miss,
        count(*) filter (where family.status = 'not_qualifying' and family.criteria_not_assessed <> '' and standing.has_rule) as not_assessed
    from cohort.family as family
    inner join family_status as standing using (household_id, framework_id)
    group by all
)
select framework_id, district, ward, stage, family_count
from (unpivot counted on identified, in_review, verified, confirmed, rejected, in_service, near_miss, not_assessed into name stage value family_count)
where family_count > 0
