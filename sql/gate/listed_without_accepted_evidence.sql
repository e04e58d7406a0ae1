-- Grain: listed household with no evidence that rests on accepted (or confirmed) links alone.
select listed.household_id
from cohort.verified_families as listed
anti join (
    from cohort.evidence
    where is_confirmed or least(link_probability, membership_probability) >= $acceptance_probability
) as accepted on accepted.household_id = listed.household_id and accepted.framework_id = listed.framework_id
