-- Grain: framework x criterion of one household.
select * exclude (household_id)
from cohort.household_criterion
where household_id = $household_id
order by framework_id, assessment <> 'met', criterion_id
