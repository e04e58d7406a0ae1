-- decided_pair: what people decided about two records, told of this run's records. Grain: pair of records of this run.
-- A decided record that is gone speaks through those that bear the same supplier's reference for the same person (link_key);
-- a decision on the two records themselves goes before one carried over, and "different" before "same".
with spoken_of as (
    select record_id_l as record_id from recorded_decision
    union
    select record_id_r from recorded_decision
),
bearer as (
    select spoken_of.record_id as decided_id, spoken_of.record_id, 0 as distance
    from spoken_of
    inner join link_record on link_record.record_id = spoken_of.record_id
    union all
    select spoken_of.record_id as decided_id, link_key.record_id, 1 as distance
    from spoken_of
    anti join link_record on link_record.record_id = spoken_of.record_id
    inner join previous_person as previous on previous.record_id = spoken_of.record_id
    inner join link_key on link_key.reference_key = previous.reference_key
)
select least(l.record_id, r.record_id) as record_id_l, greatest(l.record_id, r.record_id) as record_id_r, decision
from recorded_decision
inner join bearer as l on l.decided_id = recorded_decision.record_id_l
inner join bearer as r on r.decided_id = recorded_decision.record_id_r
where l.record_id <> r.record_id
qualify row_number() over (
    partition by least(l.record_id, r.record_id), greatest(l.record_id, r.record_id) order by l.distance + r.distance, decision
) = 1
order by record_id_l, record_id_r
