-- without_adult: the people of groups that hold no adult. Grain: person.
select g.n, g.group_n, r.dwelling_key, r.is_partial, r.member_role, r.age
from household_group as g
inner join resident as r on r.n = g.n
where g.group_n in (
    select own.group_n
    from household_group as own
    inner join household_person as p on p.n = own.n
    group by own.group_n
    having not bool_or(p.member_role = 'adult')
)
