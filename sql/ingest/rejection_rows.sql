-- rejection_rows: rejected rows of an attached extract with their values. Grain: rejected row x broken rule.
-- Extracts of earlier versions do not name the file, since a delivery was one.
with rejected as (
    from delivered.extract.rejected
    union all by name
    select null::varchar as file_name where false
)
select rejected.* replace (coalesce(rejected.file_name, receipt.file_name) as file_name)
from rejected
cross join delivered.extract.receipt as receipt
order by file_name, source_row, rule, column_name
