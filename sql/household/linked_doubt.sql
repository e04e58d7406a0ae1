-- linked.household_doubt. Grain: household x person.
select i.household_id, p.person_id, d.probability as membership_probability, d.basis
from household_doubt as d
inner join household_identity as i on i.group_n = d.group_n
inner join household_person as p on p.n = d.n
order by i.household_id, p.person_id
