-- asked_member: memberships that a person should settle: who is in a household, but not surely, and who was left out of one and may belong there.
-- Grain: household x person.
with reasoned as (
    select household_id, person_id, membership_probability, basis, 'weak_member' as why
    from linked.household_member
    where membership_probability < $acceptance and not is_confirmed
    union all
    select household_id, person_id, membership_probability, basis, 'left_out'
    from linked.household_doubt
    union all
    select verdict.subject_id, verdict.other_id, 0.5, null, 'disputed'
    from verdict
    inner join linked.household as household on household.household_id = verdict.subject_id
    inner join linked.person as person on person.person_id = verdict.other_id
    where verdict.kind = 'member' and verdict.is_disputed
),
-- What holds a household of two together is one tie: whether the one belongs to the other is whether the other belongs to the one.
two as (
    select household_id
    from linked.household_member
    group by household_id
    having count(*) = 2 and bool_and(membership_probability < $acceptance and not is_confirmed) and count(distinct row(membership_probability, basis)) = 1
),
settled as (
    select two.household_id
    from two
    inner join verdict on verdict.kind = 'member' and verdict.subject_id = two.household_id and verdict.decision in ('belongs', 'apart')
)
select reasoned.*, verdict.decision, why = 'weak_member' and household_id in (from two) as is_of_two
from reasoned
left join verdict on verdict.kind = 'member' and verdict.subject_id = household_id and verdict.other_id = person_id
where decision is distinct from 'belongs' and decision is distinct from 'apart'
    and (why <> 'weak_member' or household_id not in (from settled))
qualify row_number() over (partition by household_id, person_id order by why = 'disputed' desc, membership_probability desc) = 1
