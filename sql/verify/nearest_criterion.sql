-- nearest_criterion: of the criteria that would complete the rule for a family that is a near miss, the one furthest on its way. Grain: household x framework.
with unit as (
    select distinct
        short.household_id,
        short.framework_id,
        requirement.rule,
        requirement.requirement,
        requirement.unit,
        requirement.needed,
        found.unit is not null as is_found
    from rule_found as short
    inner join family_status as status using (household_id, framework_id)
    inner join requirement on requirement.framework_id = short.framework_id and requirement.rule = short.rule
    left join found_unit as found
        on found.household_id = short.household_id and found.framework_id = short.framework_id and found.unit = requirement.unit
    where status.status = 'near_miss' and short.missing_count = 1
),
lacking as (
    select household_id, framework_id, unit
    from unit
    qualify not is_found and count(*) filter (where is_found) over (partition by household_id, framework_id, rule, requirement) < needed
)
select
    lacking.household_id,
    lacking.framework_id,
    criterion.criterion_id,
    criterion.value,
    criterion.threshold,
    criterion.unit
from (select distinct * from lacking) as lacking
inner join counted_unit as counted on counted.framework_id = lacking.framework_id and counted.unit = lacking.unit
inner join cohort.household_criterion as criterion
    on criterion.household_id = lacking.household_id and criterion.framework_id = lacking.framework_id and criterion.criterion_id = counted.criterion_id
where criterion.assessment <> 'met' and criterion.value > 0
qualify row_number() over (
    partition by lacking.household_id, lacking.framework_id
    order by criterion.value / nullif(criterion.threshold, 0) desc nulls last, criterion.criterion_id
) = 1
