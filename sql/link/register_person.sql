-- register.person: which person each record belongs to; a record that is gone stays with its person, so that the id waits for it. Grain: record.
with merged as (
    select identity_id as person_id, max(other_id) as other_id
    from register.lineage
    where identity_kind = 'person' and act = 'merged' and run_id = $run_id
    group by identity_id
)
select
    link_person.person_id,
    link_record.record_id,
    link_person.first_seen_run_id,
    true as is_present,
    $run_id as last_seen_run_id,
    link_key.reference_key,
    link_key.rewritten_key,
    link_key.number_key,
    link_key.content_key
from link_record
inner join link_key on link_key.n = link_record.n
inner join link_cluster on link_cluster.n = link_record.n
inner join link_person on link_person.cluster = link_cluster.cluster
union all by name
select
    coalesce(merged.other_id, previous.person_id) as person_id,
    previous.record_id,
    coalesce(link_person.first_seen_run_id, previous.first_seen_run_id) as first_seen_run_id,
    false as is_present,
    previous.last_seen_run_id,
    previous.reference_key,
    previous.rewritten_key,
    previous.number_key,
    previous.content_key
from previous_person as previous
anti join link_record on link_record.record_id = previous.record_id
left join merged on merged.person_id = previous.person_id
left join link_person on link_person.person_id = coalesce(merged.other_id, previous.person_id)
order by record_id
