-- Grain: file of a full delivery and its changes, whose extract is attached as `delivered`, with the rows of it that are really there.
select
    $source as source,
    (source_row - 1) // $rows_a_file + 1 as file_number,
    count(distinct source_row) as standing_count
from query_table($delivered)
group by all
