-- member: the people of every assessed household. Grain: household x person.
-- Whoever may live elsewhere is told without an address: a name beside somebody else's address is what must never be handed out.
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
    member.is_confirmed or member.membership_probability >= $acceptance as is_sure,
    person.link_confidence,
    case when member.is_confirmed or member.membership_probability >= $acceptance then household.address end as address,
    case when member.is_confirmed or member.membership_probability >= $acceptance then household.postcode end as postcode
from linked.household_member as member
inner join (select distinct household_id from family_status) as assessed using (household_id)
inner join linked.household as household using (household_id)
inner join linked.person as person using (person_id)
order by member.household_id, member.person_id
