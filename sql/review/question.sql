-- question: all that a person should settle, first what a family's place on the list hangs on. Grain: question.
-- One doubt is asked once, as the question whose answer changes most: of a pair and a membership that turn on the same two people, and of the two members
-- of a household of two. What was left out comes when the answer did not settle it. What reviewers dispute is always asked.
-- expected_change is the chance that the answer changes what stands, times what that would change.
with pair_stake as (
    select
        asked.record_id_l as subject_id,
        asked.record_id_r as other_id,
        count(distinct weak.household_id) as listed_count
    from asked_pair as asked
    inner join weak_evidence as weak
        on weak.is_weak_link
        and case asked.why
            when 'weak_link' then weak.record_id in (asked.record_id_l, asked.record_id_r)
            else (weak.person_id = asked.person_id_l and weak.record_person_id = asked.person_id_r)
                or (weak.person_id = asked.person_id_r and weak.record_person_id = asked.person_id_l)
        end
    group by all
),
member_stake as (
    select asked.household_id as subject_id, asked.person_id as other_id, count(*) as listed_count
    from asked_member as asked
    inner join weak_evidence as weak on weak.is_weak_member and weak.household_id = asked.household_id and weak.person_id = asked.person_id
    group by all
),
asked as (
    select
        'pair' as kind,
        pair.why,
        pair.record_id_l as subject_id,
        pair.record_id_r as other_id,
        -- What stands is "one person" for pairs that are linked, and the answer that changes something is the other one, but where a family waits for "same".
        if(pair.person_id_l = pair.person_id_r and coalesce(stake.listed_count, 0) = 0, 1 - pair.match_probability, pair.match_probability) as change_probability,
        pair.match_probability as probability,
        pair.decision,
        coalesce(stake.listed_count, 0) as listed_count,
        l.status as status_l,
        r.status as status_r,
        l.household_id is distinct from r.household_id as joins_households,
        (l.status = 'near_miss' and r.has_event) or (r.status = 'near_miss' and l.has_event) as may_complete,
        pair.person_id_l,
        pair.person_id_r,
        false as is_of_two
    from asked_pair as pair
    left join pair_stake as stake on stake.subject_id = pair.record_id_l and stake.other_id = pair.record_id_r
    inner join reviewed_person as l on l.person_id = pair.person_id_l
    inner join reviewed_person as r on r.person_id = pair.person_id_r
    union all
    select
        'member',
        member.why,
        member.household_id,
        member.person_id,
        if(member.why = 'weak_member' and coalesce(stake.listed_count, 0) = 0, 1 - member.membership_probability, member.membership_probability),
        member.membership_probability,
        member.decision,
        coalesce(stake.listed_count, 0),
        family.status,
        person.status,
        member.why <> 'weak_member',
        family.status = 'near_miss' and person.has_event and member.why <> 'weak_member',
        member.person_id,
        null,
        member.is_of_two
    from asked_member as member
    left join member_stake as stake on stake.subject_id = member.household_id and stake.other_id = member.person_id
    left join cohort.family as family on family.household_id = member.household_id and family.framework_id = $framework_id
    inner join reviewed_person as person on person.person_id = member.person_id
),
weighed as (
    select
        *,
        case
            when listed_count > 0 then 'a family comes to the list'
            when may_complete then 'a family may have what it lacks'
            when status_l in ('verified', 'review', 'near_miss') or status_r in ('verified', 'review', 'near_miss') then 'who is in a family near the list'
            when status_l is not null or status_r is not null then 'who is in an assessed family'
            else 'no family'
        end as hangs_on_it
    from asked
),
ranked as (
    select
        kind,
        why,
        subject_id,
        other_id,
        'q' || left(md5(concat_ws(chr(31), kind, subject_id, other_id)), 10) as question_id,
        probability,
        decision,
        hangs_on_it,
        round(change_probability * case hangs_on_it
            when 'a family comes to the list' then listed_count
            when 'a family may have what it lacks' then 0.2
            when 'who is in a family near the list' then 0.02
            when 'who is in an assessed family' then 0.005
            else 0.001
        end, 9) as expected_change,
        person_id_l,
        person_id_r,
        is_of_two
    from weighed
),
of_pair as (
    select question_id, expected_change, person_id_l as person_id, person_id_r as other_id from ranked where kind = 'pair' and person_id_l <> person_id_r
    union all
    select question_id, expected_change, person_id_r, person_id_l from ranked where kind = 'pair' and person_id_l <> person_id_r
),
twice as (
    select if(member.expected_change > of_pair.expected_change, of_pair.question_id, member.question_id) as question_id
    from ranked as member
    inner join of_pair on of_pair.person_id = member.other_id
    inner join linked.household_member as home on home.household_id = member.subject_id and home.person_id = of_pair.other_id
    where member.kind = 'member'
)
select kind, why, subject_id, other_id, question_id, probability, decision, hangs_on_it, expected_change
from ranked
where why = 'disputed' or question_id not in (from twice)
qualify not is_of_two or row_number() over (partition by subject_id, is_of_two order by expected_change desc, other_id) = 1
