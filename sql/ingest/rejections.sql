-- rejections: rejected rows of an attached extract, counted by reason. Grain: extract x rule x column.
select
    receipt.source,
    receipt.extract_id,
    receipt.file_name,
    rejected.rule,
    rejected.column_name,
    rejected.reason,
    count(*) as rejected_count
from delivered.extract.rejected as rejected
cross join delivered.extract.receipt as receipt
group by all
order by rejected_count desc, rejected.rule, rejected.column_name
