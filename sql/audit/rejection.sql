-- Grain: rule x column of the extract attached as `delivered`.
select
    $run_id as run_id,
    $source as source,
    $extract_id as extract_id,
    rule,
    column_name,
    min(reason) as reason,
    count(*) as rejected_count
from delivered.extract.rejected
group by rule, column_name
order by rule, column_name
