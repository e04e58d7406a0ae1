-- Grain: listed household that is a communal address, or has none.
select listed.household_id
from cohort.verified_families as listed
left join linked.household as household on household.household_id = listed.household_id
where household.household_kind is distinct from 'private'
