-- protected_person: whom the households had as members with their main home there, and whom the decisions protect as far as this publication knows. Grain: person id.
select person_id
from register.household
where is_primary and list_contains($households, household_id)
union
select person_id
from register.held_person
where list_contains($decisions, decision_id)
