-- Grain: evidence for a criterion that is not met.
select evidence.household_id, evidence.criterion_id, evidence.event_id
from cohort.evidence as evidence
anti join (from cohort.household_criterion where assessment = 'met') as criterion
    on criterion.household_id = evidence.household_id
    and criterion.framework_id = evidence.framework_id
    and criterion.criterion_id = evidence.criterion_id
