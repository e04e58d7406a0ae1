-- Grain: household on the list or in review whose register does not hold it: its id would not last to the next run.
select family.household_id
from cohort.family as family
anti join register.household as register on register.household_id = family.household_id and register.is_present
where family.status in ('verified', 'review')
