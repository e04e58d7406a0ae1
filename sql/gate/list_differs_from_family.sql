-- Grain: household that is on the list but not verified under the published framework, or verified and not on the list.
select coalesce(listed.household_id, family.household_id) as household_id
from cohort.verified_families as listed
full join (from cohort.family where status = 'verified' and framework_id = $framework_id) as family
    on family.household_id = listed.household_id and family.framework_id = listed.framework_id
where listed.household_id is null or family.household_id is null
