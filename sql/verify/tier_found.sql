-- tier_found: the first tier each household fits: enough headline problems, and one of the tier's headlines or criteria where it names any.
-- Grain: household x framework that has tiers.
with held as (
    select household_id, framework_id, list(name) as names, count(*) filter (where is_headline) as headline_count
    from (
        select household_id, framework_id, headline as name, true as is_headline from headline_found
        union all
        select household_id, framework_id, criterion_id as name, false as is_headline from criterion_found
    )
    group by household_id, framework_id
),
household as (
    select qualification.household_id, qualification.framework_id, coalesce(held.headline_count, 0) as headline_count, coalesce(held.names, []) as names
    from qualification
    left join held on held.household_id = qualification.household_id and held.framework_id = qualification.framework_id
    where qualification.framework_id in (select framework_id from tier)
)
select household.household_id, household.framework_id, arg_min(tier.tier, tier.position) as tier
from household
inner join tier
    on tier.framework_id = household.framework_id
    and tier.headlines_at_least <= household.headline_count
    and (len(tier.any_of) = 0 or list_has_any(tier.any_of, household.names))
group by household.household_id, household.framework_id
