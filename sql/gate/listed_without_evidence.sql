-- Grain: criterion met by a listed household without a single row of evidence.
select criterion.household_id, criterion.criterion_id
from cohort.household_criterion as criterion
semi join cohort.verified_families as listed on listed.household_id = criterion.household_id and listed.framework_id = criterion.framework_id
anti join cohort.evidence as evidence
    on evidence.household_id = criterion.household_id
    and evidence.framework_id = criterion.framework_id
    and evidence.criterion_id = criterion.criterion_id
where criterion.assessment = 'met'
