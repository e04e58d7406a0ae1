-- Grain: source whose extract is missing or older than its limit.
select source
from audit.extract
where run_id = $run_id and is_stale
