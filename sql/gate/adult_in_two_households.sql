-- Grain: adult who belongs to more than one household.
select person_id
from linked.household_member
where member_role = 'adult'
group by person_id
having count(*) > 1
