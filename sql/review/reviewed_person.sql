-- reviewed_person: each person's main household, and what hangs on it: its status under the list's framework. Grain: person.
select
    person.person_id,
    person.record_count,
    member.household_id,
    family.status,
    exists (
        select 1
        from linked.person_record as record
        inner join staging.event as event on event.record_id = record.record_id
        where record.person_id = person.person_id
    ) as has_event
from linked.person as person
left join linked.household_member as member on member.person_id = person.person_id and member.is_primary
left join cohort.family as family on family.household_id = member.household_id and family.framework_id = $framework_id
