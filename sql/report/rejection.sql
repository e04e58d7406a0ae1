-- Grain: extract x rule x column; what was refused most comes first within its source.
select source, rule, column_name, reason, rejected_count
from audit.rejection
order by source, rejected_count desc, rule, column_name
