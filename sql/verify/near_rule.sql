-- near_rule: households one headline problem (or need) short of a rule that have a problem it counts, or miss by little what would complete it.
-- Grain: household x framework. Whoever has none of what a rule asks lacks all of it where it asks for one, so that nothing but a measure tells them near.
with short as (
    select household_id, framework_id, rule, met_count
    from rule_found
    where missing_count = 1
),
close as (
    select criterion.household_id, criterion.framework_id, counted.unit
    from cohort.household_criterion as criterion
    inner join counted_unit as counted using (framework_id, criterion_id)
    where criterion.assessment = 'not_met' and criterion.value >= $near_miss_share * criterion.threshold
)
select household_id, framework_id
from short
where met_count > 0
union
select short.household_id, short.framework_id
from short
inner join requirement on requirement.framework_id = short.framework_id and requirement.rule = short.rule
inner join close on close.household_id = short.household_id and close.framework_id = short.framework_id and close.unit = requirement.unit
where short.met_count = 0
