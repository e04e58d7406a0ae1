-- unqualified_household: those that the rule of the list does not find. Grain: household.
select household_id
from cohort.family
where framework_id = (select framework_id from audit.run)
    and status in ('near_miss', 'not_qualifying')
