-- doubtful_member: people left out of an assessed household who may belong to it after all. Grain: household x person.
-- Such a membership never counts as sure, until a confirmation of the household settles the doubt that its coordinator saw. Whom a suppression protects
-- is told of in no household but their own, which is off every list.
with covered as (
    select distinct decision.household_id, link.person_id
    from register.decision as decision
    inner join register.confirmed_link as link using (decision_id)
    where decision.decision = 'confirm' and decision.basis = 'household'
)
select
    doubt.household_id,
    doubt.person_id,
    own.member_role,
    case when covered.person_id is not null then 1 else least(doubt.membership_probability, $acceptance - 0.01) end as membership_probability,
    covered.person_id is not null as is_confirmed
from linked.household_doubt as doubt
inner join assessed_household using (household_id)
inner join linked.household_member as own on own.person_id = doubt.person_id and own.is_primary
left join covered on covered.household_id = doubt.household_id and covered.person_id = doubt.person_id
anti join linked.household_member as member on member.household_id = doubt.household_id and member.person_id = doubt.person_id
anti join register.held_person as held on held.person_id = doubt.person_id
