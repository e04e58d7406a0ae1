-- confirmed_member: people whom a household held when a person confirmed it. Grain: household x person.
select distinct confirmed.household_id, person.n, true as is_confirmed
from confirmed_household as confirmed
inner join register.confirmed_link as covered using (decision_id)
inner join household_person as person on person.person_id = covered.person_id
