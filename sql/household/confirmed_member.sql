-- confirmed_member: people whom a household held when a person confirmed it. Grain: household x person.
-- A decision taken since the last publication covers the people published there; an earlier one covers those it covered then, and nobody who came since.
with carried as (
    select household_id, person_id, is_confirmed from previous_register
)

select p.household_id, p.n, true as is_confirmed
from previous_household as p
inner join household_person as h on h.n = p.n
inner join confirmed_household as d on d.household_id = p.household_id
left join carried as c on c.household_id = p.household_id and c.person_id = h.person_id
where d.is_new or coalesce(c.is_confirmed, false)
group by p.household_id, p.n
