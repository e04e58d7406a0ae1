-- earlier_family: the previous publication's families under the run's framework. Grain: household.
insert into earlier_family
select household_id, status, criteria_met
from previous.cohort.family
where framework_id = $framework_id
