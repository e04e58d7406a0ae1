-- previous_list: the list of the publication the run follows on, under the run's framework. Grain: household.
insert into previous_list
select household_id, district, criteria_met
from previous.cohort.family
where framework_id = $framework_id and status = 'verified'
