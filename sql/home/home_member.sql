-- home_member: who lives in private homes, each with the group that names and declarations have made so far. Guests of a home are no members. Grain: person.
select now.dwelling_key, home_group.group_n, person.n, person.age, person.sex, person.member_role, now.share, now.strength, stay.from_date
from home_now as now
inner join home_group on home_group.n = now.n
inner join home_person as person on person.n = now.n
inner join home_dwelling as dwelling on dwelling.dwelling_key = now.dwelling_key
left join home_stay as stay on stay.n = now.n and stay.dwelling_key = now.dwelling_key
where dwelling.class = 'private' and now.n not in (select n from home_guest)
