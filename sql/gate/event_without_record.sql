-- Grain: event of a record that does not exist.
select event.event_id
from staging.event as event
anti join staging.person_record as record on record.record_id = event.record_id
