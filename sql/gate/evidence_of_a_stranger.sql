-- Grain: evidence about a person who is not a member of the household, or whose record belongs to somebody else.
select evidence.household_id, evidence.criterion_id, evidence.event_id
from cohort.evidence as evidence
left join cohort.member as member on member.household_id = evidence.household_id and member.person_id = evidence.person_id
left join linked.person_record as link on link.record_id = evidence.record_id and link.person_id = evidence.person_id
where member.person_id is null or link.record_id is null
