-- qualification: the rule each household meets most surely, or how many headlines it is short and whether that is near; where no rule holds, that there is none. Grain: household x framework.
select
    found.household_id,
    found.framework_id,
    case when found.missing_count = 0 then found.rule end as qualifying_rule,
    case when found.missing_count = 0 then found.rule_label end as rule_label,
    found.missing_count,
    found.missing_count is not null as has_rule,
    coalesce(found.missing_count = 1 and near.household_id is not null, false) as is_near,
    found.confidence
from rule_found as found
left join near_rule as near on near.household_id = found.household_id and near.framework_id = found.framework_id
qualify row_number() over (
    partition by found.household_id, found.framework_id
    order by found.missing_count nulls last, case when found.missing_count = 0 then found.confidence end desc, found.rule_position
) = 1
