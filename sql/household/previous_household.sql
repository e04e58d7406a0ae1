-- previous_household: whom each household of the register held, under the numbers of this run. Grain: household x person, main households only.
-- is_present is false for somebody whom the last publication only remembered: gone from the extracts since an earlier one, and here again now.
select r.household_id, p.n, bool_or(r.is_present) as is_present
from previous_register as r
inner join person_now as p on p.person_id = r.person_id
where r.is_primary
group by r.household_id, p.n
