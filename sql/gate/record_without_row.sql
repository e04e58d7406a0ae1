-- Grain: record that no delivered row stands behind.
select record.record_id
from staging.person_record as record
anti join staging.record_source as source on source.record_id = record.record_id
