-- Grain: evidence whose row is not among the accepted rows of its extract.
select evidence.household_id, evidence.criterion_id, evidence.event_id
from cohort.evidence as evidence
anti join extract_row as delivered
    on delivered.extract_id = evidence.extract_id and delivered.source_row = evidence.source_row
