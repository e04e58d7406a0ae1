-- Grain: source whose sharing agreement expired before the extract was delivered.
select source
from audit.extract
where run_id = $run_id and agreement_expires_date < delivered_date
