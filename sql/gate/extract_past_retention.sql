-- Grain: source whose last extract is past its retention, so that the run stands on none.
select source
from audit.extract
where run_id = $run_id and extract_id is null and kept_until_date is not null
