-- evidence: the source rows each met criterion rests on; only strong ones where they suffice. Grain: household x framework x criterion x event.
with told as (
    select
        result.household_id,
        result.criterion_n,
        member.person_id,
        event.record_id,
        event.event_id,
        event.source,
        event.extract_id,
        event.source_row,
        event.from_date,
        event.to_date,
        round(measured.row_value, 4) as value,
        record.link_probability,
        member.membership_probability,
        record.is_confirmed and member.is_confirmed as is_confirmed
    from criterion_assessment as result
    inner join condition on condition.criterion_n = result.criterion_n
    inner join person_assessment as person on person.household_id = result.household_id and person.criterion_n = result.criterion_n
    inner join measured on measured.measure_n = condition.measure_n and measured.subject_n = person.subject_n
    inner join staging.event as event on event.rowid = measured.event_n
    inner join subject on subject.subject_n = person.subject_n
    -- The person the row is about; of a household measure the subject is the household, and doubtful records count for nobody.
    inner join possible_record as record
        on record.record_id = event.record_id
        and case when subject.person_id is null then not record.is_doubtful else record.person_id = subject.person_id end
    inner join subject as member on member.household_id = result.household_id and member.person_id = record.person_id and (member.is_whole or member.is_maybe_member)
    where result.assessment = 'met'
        and person.is_met
        and person.is_covered
        and measured.is_evidence
        and case when result.is_met_strongly then person.is_strong when result.is_met_wholly then person.is_whole else person.is_doubtful end
    -- A record that may be either of two members is told of the likelier one.
    qualify row_number() over (
        partition by result.household_id, result.criterion_n, event.event_id order by record.link_probability desc, member.person_id
    ) = 1
)
select told.* exclude (criterion_n), criterion.framework_id, criterion.criterion_id
from told
inner join criterion using (criterion_n)
order by told.household_id, criterion.framework_id, criterion.criterion_id, told.person_id, told.event_id
