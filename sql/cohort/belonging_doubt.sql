-- Grain: person who was left out of one household and may belong to it.
select doubt.person_id, coalesce(nullif(concat_ws(' ', person.forename, person.surname), ''), 'somebody unnamed') as name,
    doubt.membership_probability, doubt.basis
from linked.household_doubt as doubt
inner join linked.person as person using (person_id)
where doubt.household_id = $household_id
order by doubt.membership_probability desc, doubt.person_id
