-- repair_rows: repaired values of an attached extract, before and after. Grain: accepted row x column x rule.
-- Extracts of earlier versions do not name the file, since a delivery was one.
with repair as (
    from delivered.extract.repair
    union all by name
    select null::varchar as file_name where false
)
select repair.* replace (coalesce(repair.file_name, receipt.file_name) as file_name)
from repair
cross join delivered.extract.receipt as receipt
order by file_name, source_row, column_name, rule
