-- Grain: file of a delivery that came since the last publication and was overtaken.
select * exclude (run_id, is_new)
from audit.overtaken
where is_new
order by source, delivered_date, extract_id, file_number
