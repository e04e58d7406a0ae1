-- Grain: evidence that no event of the run bears out: the record, the extract and the row must all agree.
select evidence.household_id, evidence.criterion_id, evidence.event_id
from cohort.evidence as evidence
anti join staging.event as event
    on event.event_id = evidence.event_id
    and event.record_id = evidence.record_id
    and event.extract_id = evidence.extract_id
    and event.source_row = evidence.source_row
