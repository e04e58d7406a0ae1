-- Grain: file x fate x rule x column, of deliveries that came since the last publication and were overtaken.
select * exclude (run_id)
from audit.overtaken_reason
order by source, extract_id, file_name, fate, row_count desc, rule, column_name
