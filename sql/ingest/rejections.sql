-- rejections: rejected rows of an attached extract, counted by reason. Grain: extract x rule x column.
-- Extracts of earlier versions do not name the file, since a delivery was one.
with rejected as (
    from delivered.extract.rejected
    union all by name
    select null::varchar as file_name where false
)
select
    receipt.source,
    receipt.extract_id,
    coalesce(rejected.file_name, receipt.file_name) as file_name,
    rejected.rule,
    rejected.column_name,
    rejected.reason,
    count(*) as rejected_count
from rejected
cross join delivered.extract.receipt as receipt
group by all
order by rejected_count desc, rejected.rule, rejected.column_name
