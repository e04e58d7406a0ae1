-- Grain: file x rule x column of the extract attached as `delivered`. Extracts of earlier versions do not name the file, since a delivery was one.
with rejected as (
    from delivered.extract.rejected
    union all by name
    select null::varchar as file_name where false
)
select
    $run_id as run_id,
    $source as source,
    $extract_id as extract_id,
    coalesce(rejected.file_name, $file_name) as file_name,
    rejected.rule,
    rejected.column_name,
    min(rejected.reason) as reason,
    count(*) as rejected_count
from rejected
group by coalesce(rejected.file_name, $file_name), rejected.rule, rejected.column_name
order by file_name, rule, column_name
