-- qualification: the rule each household meets most surely, or how many headlines it is short. Grain: household x framework.
select
    household_id,
    framework_id,
    case when missing_count = 0 then rule end as qualifying_rule,
    case when missing_count = 0 then rule_label end as rule_label,
    missing_count,
    confidence
from rule_found
qualify row_number() over (
    partition by household_id, framework_id order by missing_count, case when missing_count = 0 then confidence end desc, rule_position
) = 1
