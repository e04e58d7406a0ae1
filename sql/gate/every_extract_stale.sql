-- Grain: source of a run in which every source is missing or older than its limit.
select source
from audit.extract
where run_id = $run_id and not exists (from audit.extract where run_id = $run_id and not is_stale)
