-- Grain: declared relationship of which one side is no record.
select relationship.record_id_l, relationship.record_id_r
from staging.relationship as relationship
left join staging.person_record as l on l.record_id = relationship.record_id_l
left join staging.person_record as r on r.record_id = relationship.record_id_r
where l.record_id is null or r.record_id is null
