-- member_event: the events of each subject. Grain: subject x event.
select
    subject.subject_n,
    event.*,
    case when record.is_confirmed then 1 else record.link_probability end as link_probability,
    record.is_confirmed as is_link_confirmed
from subject
inner join linked.person_record as record using (person_id)
inner join staging.event as event using (record_id)
where subject.is_whole or record.is_confirmed or record.link_probability >= $acceptance
