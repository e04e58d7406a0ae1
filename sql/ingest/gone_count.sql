-- gone_count: rows that stand no more, by the file they came in. Grain: file.
select
    (source_row - 1) // $rows_a_file + 1 as file_number,
    count(*) filter (not is_deleted) as replaced_count,
    count(*) filter (is_deleted) as deleted_count
from gone
group by 1
