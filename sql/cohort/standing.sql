-- Grain: framework under which one household was assessed; that of the list first.
select *
from cohort.family
where household_id = $household_id
order by framework_id <> (select framework_id from audit.run), framework_id
