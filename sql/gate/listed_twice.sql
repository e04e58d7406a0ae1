-- Grain: household that is on the list more than once.
select household_id
from cohort.verified_families
group by household_id
having count(*) > 1
