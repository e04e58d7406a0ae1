-- Grain: address spell of a record that does not exist.
select spell.record_id, spell.address_key
from staging.address_spell as spell
anti join staging.person_record as record on record.record_id = spell.record_id
