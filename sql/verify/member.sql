-- member: the people of every assessed household. Grain: household x person.
select
    member.household_id,
    member.person_id,
    person.forename,
    person.surname,
    person.birth_date,
    person.sex,
    member.member_role,
    member.is_primary,
    member.membership_probability,
    member.basis,
    person.link_confidence,
    household.address,
    household.postcode
from linked.household_member as member
inner join (select distinct household_id from family_status) as assessed using (household_id)
inner join linked.household as household using (household_id)
inner join linked.person as person using (person_id)
order by member.household_id, member.person_id
