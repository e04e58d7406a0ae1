-- Grain: file x repair x column; what was repaired most comes first within its source.
select source, file_name, rule, column_name, reason, repaired_count
from audit.repair
order by source, repaired_count desc, file_name, rule, column_name
