-- Grain: open question about the people of one household, or about who belongs to it.
with own as (
    select person_id from linked.household_member where household_id = $household_id
    union
    select person_id from linked.household_doubt where household_id = $household_id
)
select question.question_id
from question
left join linked.person_record as l on question.kind = 'pair' and l.record_id = question.subject_id
left join linked.person_record as r on question.kind = 'pair' and r.record_id = question.other_id
where case question.kind when 'member' then question.subject_id = $household_id else l.person_id in (from own) or r.person_id in (from own) end
