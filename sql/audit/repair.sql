-- Grain: file x repair x column of the extract attached as `delivered`. Extracts of earlier versions do not name the file, since a delivery was one.
with repair as (
    from delivered.extract.repair
    union all by name
    select null::varchar as file_name where false
)
select
    $run_id as run_id,
    $source as source,
    $extract_id as extract_id,
    coalesce(repair.file_name, $file_name) as file_name,
    repair.rule,
    repair.column_name,
    min(repair.reason) as reason,
    count(*) as repaired_count
from repair
group by coalesce(repair.file_name, $file_name), repair.rule, repair.column_name
order by file_name, rule, column_name
