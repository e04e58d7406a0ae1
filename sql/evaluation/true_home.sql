-- grain: found person. The true homes of the true person most of its records are about, and the found household it is in.
with person as (
    select found_person_id, true_person_id
    from record_person
    group by found_person_id, true_person_id
    qualify row_number() over (partition by found_person_id order by count(*) desc, true_person_id) = 1
)
select person.found_person_id as person_id, t.household_id, t.other_household_id, member.household_id as found_household_id
from person
join true_person t on t.person_id = person.true_person_id
left join linked.household_member member on member.person_id = person.found_person_id and member.is_primary
order by person.found_person_id
