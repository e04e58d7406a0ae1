-- known_record: those of the given record ids that a publication or a run knows. Grain: record.
select record_id
from register.person
where record_id in (select unnest($record_ids::varchar[]))
