-- repairs: repaired values of an attached extract, counted by reason. Grain: extract x rule x column.
select
    receipt.source,
    receipt.extract_id,
    receipt.file_name,
    repair.rule,
    repair.column_name,
    repair.reason,
    count(*) as repaired_count
from delivered.extract.repair as repair
cross join delivered.extract.receipt as receipt
group by all
order by repaired_count desc, repair.rule, repair.column_name
