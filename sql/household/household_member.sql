-- linked.household_member. Grain: household x person.
select
    i.household_id,
    p.person_id,
    p.member_role,
    m.is_primary,
    m.probability as membership_probability,
    m.basis,
    coalesce(c.is_confirmed, false) as is_confirmed
from household_membership as m
inner join household_identity as i on i.group_n = m.group_n
inner join household_person as p on p.n = m.n
left join confirmed_member as c on c.household_id = i.household_id and c.n = m.n
order by i.household_id, p.person_id
