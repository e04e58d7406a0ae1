-- Grain: file behind an extract of the run.
select * exclude (run_id)
from audit.extract_file
order by source, file_number
