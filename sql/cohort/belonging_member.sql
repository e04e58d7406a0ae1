-- Grain: member of one household of a run, with what puts them there.
select
    member.person_id, coalesce(nullif(concat_ws(' ', person.forename, person.surname), ''), 'somebody unnamed') as name,
    member.member_role, member.is_primary, member.membership_probability, member.basis, member.is_confirmed, person.record_count
from linked.household_member as member
inner join linked.person as person using (person_id)
where member.household_id = $household_id
order by member.member_role, person.birth_date, member.person_id
