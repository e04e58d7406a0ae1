-- Grain: file x rule x column; what was refused most comes first within its source. Runs of earlier versions do not name the file.
with rejection as (
    from audit.rejection
    union all by name
    select null::varchar as file_name where false
)
select source, file_name, rule, column_name, reason, rejected_count
from rejection
order by source, rejected_count desc, file_name, rule, column_name
