-- Grain: evidence from an extract that is too old to say anything.
select evidence.household_id, evidence.criterion_id, evidence.event_id
from cohort.evidence as evidence
semi join (from audit.extract where run_id = $run_id and is_stale) as stale on stale.source = evidence.source
