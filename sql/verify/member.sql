-- member: the people of every assessed household, and whoever was left out of it, may belong, and is told of in its evidence. Grain: household x person.
-- Whoever may live elsewhere is told without an address: a name beside somebody else's address is what must never be handed out.
with told as (
    select household_id, person_id, member_role, is_primary, membership_probability, basis, is_confirmed
    from linked.household_member
    union all
    select doubt.household_id, doubt.person_id, own.member_role, false, doubt.membership_probability, doubt.basis, false
    from linked.household_doubt as doubt
    inner join linked.household_member as own on own.person_id = doubt.person_id and own.is_primary
    semi join cohort.evidence as evidence on evidence.household_id = doubt.household_id and evidence.person_id = doubt.person_id
    anti join linked.household_member as here on here.household_id = doubt.household_id and here.person_id = doubt.person_id
)
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
from told as member
inner join (select distinct household_id from family_status) as assessed using (household_id)
inner join linked.household as household using (household_id)
inner join linked.person as person using (person_id)
order by member.household_id, member.person_id
