-- Grain: person of a household who has not exactly one main household.
select person_id
from linked.household_member
group by person_id
having count(*) filter (where is_primary) <> 1
