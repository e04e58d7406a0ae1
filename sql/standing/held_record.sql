-- register.held_record: records of the people whom a suppression protects, those gone from the extracts included. Grain: record x decision.
select id as record_id, decision_id, decided_by, decided_at from held_before where kind = 'record'
union
select record.record_id, held.decision_id, held.decided_by, held.decided_at
from register.held_person as held
inner join linked.person_record as record using (person_id)
order by record_id, decision_id
