-- repair: what was mended in accepted rows. Grain: accepted row x column x rule.
with mended as (
    select
        source_row,
        unnest(repairs) as repair
    from checked
    where len(broken) = 0 and len(repairs) > 0
)
select
    $file_name as file_name,
    mended.source_row,
    repair_rule.rule,
    repair_rule.column_name,
    repair_rule.reason,
    mended.repair.before as "before",
    mended.repair.after as "after"
from mended
inner join repair_rule on repair_rule.number = mended.repair.number
order by mended.source_row, repair_rule.number
