-- Grain: record that belongs to no person, or to several.
select record.record_id
from staging.person_record as record
left join linked.person_record as link on link.record_id = record.record_id
group by record.record_id
having count(link.person_id) <> 1
