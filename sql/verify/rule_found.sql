-- rule_found: for each household and rule, how many headlines (or needs) are missing, how many are met, and how surely the rest stands. Grain: household x framework x rule.
-- A requirement for n of them rests on the n surest of those met. A rule with districts or wards holds for households there only:
-- for the others it is told as well, with nothing missing (null), so that a household without any rule is not lost.
with ranked as (
    select
        found.household_id,
        requirement.framework_id,
        requirement.rule,
        requirement.requirement,
        requirement.needed,
        found.confidence,
        row_number() over (
            partition by found.household_id, requirement.framework_id, requirement.rule, requirement.requirement order by found.confidence desc, found.unit
        ) as place
    from requirement
    inner join found_unit as found on found.framework_id = requirement.framework_id and found.unit = requirement.unit
),
satisfied as (
    select household_id, framework_id, rule, requirement, count(*) as met_count, min(confidence) as confidence
    from ranked
    where place <= needed
    group by household_id, framework_id, rule, requirement
),
asked as (select distinct framework_id, rule, rule_label, rule_position, requirement, needed, districts, wards from requirement)
select
    household.household_id,
    asked.framework_id,
    asked.rule,
    asked.rule_label,
    asked.rule_position,
    sum(asked.needed - coalesce(satisfied.met_count, 0)) filter (
        where (len(asked.districts) = 0 or list_contains(asked.districts, place.district)) and (len(asked.wards) = 0 or list_contains(asked.wards, place.ward))
    ) as missing_count,
    sum(coalesce(satisfied.met_count, 0)) as met_count,
    min(satisfied.confidence) as confidence
from asked
inner join (select distinct household_id, framework_id from cohort.household_criterion) as household on household.framework_id = asked.framework_id
left join household_district as place on place.household_id = household.household_id
left join satisfied
    on satisfied.household_id = household.household_id
    and satisfied.framework_id = asked.framework_id
    and satisfied.rule = asked.rule
    and satisfied.requirement = asked.requirement
group by household.household_id, asked.framework_id, asked.rule, asked.rule_label, asked.rule_position
