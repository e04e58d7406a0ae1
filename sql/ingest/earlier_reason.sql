-- reason: why rows of the file that the attached extract came from were rejected or repaired, counted. Grain: fate x rule x column.
select $file_number::integer as file_number, 'rejected' as fate, rule, column_name, min(reason) as reason, count(*) as row_count
from delivered.extract.rejected
group by rule, column_name
union all
select $file_number::integer, 'repaired', rule, column_name, min(reason), count(*)
from delivered.extract.repair
group by rule, column_name
order by fate, rule, column_name
