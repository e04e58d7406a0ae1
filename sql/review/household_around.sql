-- household_around: the people of each household that a question is about, in words. Grain: household.
select
    member.household_id,
    string_agg(
        coalesce(nullif(concat_ws(' ', person.forename, person.surname), ''), 'somebody unnamed')
            || ' (' || concat_ws(', ', member.member_role, year(person.birth_date)::varchar) || ')',
        '; ' order by member.member_role, person.birth_date, person.person_id
    ) as people
from linked.household_member as member
inner join linked.person as person using (person_id)
group by member.household_id
