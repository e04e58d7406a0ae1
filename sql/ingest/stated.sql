-- stated: what a file of changes states, its rows numbered on from the files before. Grain: row.
select * exclude ({change_type}) replace (source_row + $rows_before as source_row)
from {change}
where {change_type} is distinct from $deleted
order by source_row
