-- repairs: repaired values of an attached extract, counted by reason. Grain: extract x rule x column.
-- Extracts of earlier versions do not name the file, since a delivery was one.
with repair as (
    from delivered.extract.repair
    union all by name
    select null::varchar as file_name where false
)
select
    receipt.source,
    receipt.extract_id,
    coalesce(repair.file_name, receipt.file_name) as file_name,
    repair.rule,
    repair.column_name,
    repair.reason,
    count(*) as repaired_count
from repair
cross join delivered.extract.receipt as receipt
group by all
order by repaired_count desc, repair.rule, repair.column_name
