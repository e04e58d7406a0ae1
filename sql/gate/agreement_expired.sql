-- Grain: source whose sharing agreement expired before the extract was delivered, or before the as-of date where its end ends the use too.
select source
from audit.extract
where run_id = $run_id
    and extract_id is not null
    and (agreement_expires_date < delivered_date or (agreement_expires_date < $as_of and list_contains($ends_use, source)))
