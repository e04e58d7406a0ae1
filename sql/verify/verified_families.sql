-- verified_families: the weekly list. Grain: household.
select *
from cohort.family
where status = 'verified' and framework_id = $framework_id
order by household_id
