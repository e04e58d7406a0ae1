-- Grain: household whose place on the list changed since the previous publication.
select *
from cohort.change
order by change, household_id
