-- Grain: earlier file x rule x column of the full delivery and its changes whose extract is attached as `delivered`: of rows repaired.
select
    $run_id as run_id,
    $source as source,
    $extract_id as extract_id,
    part.file_name,
    reason.rule,
    reason.column_name,
    reason.reason,
    reason.row_count as repaired_count
from delivered.extract.reason as reason
inner join delivered.extract.part as part using (file_number)
where reason.fate = 'repaired'
order by part.file_number, reason.rule, reason.column_name
