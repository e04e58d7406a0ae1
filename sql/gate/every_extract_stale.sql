-- Grain: source of a run in which every source is missing or older than its limit. The council's gazetteer tells of no family and does not count.
select source
from audit.extract
where run_id = $run_id and source <> 'gazetteer'
    and not exists (from audit.extract where run_id = $run_id and source <> 'gazetteer' and not is_stale)
