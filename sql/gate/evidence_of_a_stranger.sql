-- Grain: evidence about a person who is not a member of the household, or whose record belongs to somebody else
-- of whom a person has yet to settle whether the two are one, told as doubtful, or settled for the household by a confirmation.
with open_pair as (
    select record_id_l as own_id, record_id_r as record_id from linked.scored_pair where outcome = 'review'
    union all
    select record_id_r, record_id_l from linked.scored_pair where outcome = 'review'
),
possible as (
    select distinct own.person_id, whole.record_id
    from open_pair
    inner join linked.person_record as own on own.record_id = open_pair.own_id
    inner join linked.person_record as other on other.record_id = open_pair.record_id
    inner join linked.person_record as whole on whole.person_id = other.person_id
)
select evidence.household_id, evidence.criterion_id, evidence.event_id
from cohort.evidence as evidence
left join cohort.member as member on member.household_id = evidence.household_id and member.person_id = evidence.person_id
left join linked.person_record as link on link.record_id = evidence.record_id and link.person_id = evidence.person_id
left join possible on possible.record_id = evidence.record_id and possible.person_id = evidence.person_id
left join (select distinct person_id, record_id from register.confirmed_link) as settled
    on settled.record_id = evidence.record_id and settled.person_id = evidence.person_id
where member.person_id is null
    or (settled.record_id is null and link.record_id is null and (possible.record_id is null or evidence.link_probability >= $acceptance_probability))
