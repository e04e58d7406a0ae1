-- Grain: person of one household; adults first, then by age.
select * exclude (household_id)
from cohort.member
where household_id = $household_id
order by member_role, birth_date, person_id
