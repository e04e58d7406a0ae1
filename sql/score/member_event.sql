-- member_event: the events of each subject, with what measures read of them. Grain: subject x event.
select
    subject.subject_n,
    event.rowid as event_n,
    event.event_id,
    event.source,
    event.event_type,
    event.extract_id,
    event.source_row,
    event.from_date,
    event.to_date,
    event.as_at_date,
    event.code,
    event.person_role,
    event.qualifier,
    coalesce(event.occurrence_id, event.event_id) as occurrence_id,
    event.sessions_possible,
    event.sessions_authorised,
    event.sessions_unauthorised,
    event.occurrence_count,
    event.weekly_rent_gbp,
    event.arrears_gbp,
    event.technical_arrears_gbp,
    event.is_breathing_space,
    event.is_in_work,
    record.link_probability
from subject
inner join possible_record as record using (person_id)
inner join staging.event as event using (record_id)
where case when record.is_doubtful then subject.is_doubtful and not subject.is_maybe_member else subject.is_whole or subject.is_doubtful or record.is_confirmed or record.link_probability >= $acceptance end
