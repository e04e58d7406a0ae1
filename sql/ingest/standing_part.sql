-- standing_part: rows of the source's table by the file of the set they stand in. Grain: file that has such a row.
select source_row // $rows_a_file as file_number, count(distinct source_row) as standing_count
from query_table($source_table)
group by all
