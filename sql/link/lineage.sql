-- register.lineage of people: what became of each id, in this run and before. Grain: id x act x other id.
with moved as (
    select distinct link_person.cluster, link_person.person_id, link_person.is_kept, previous.person_id as previous_id
    from link_person
    inner join link_cluster on link_cluster.cluster = link_person.cluster
    inner join link_record on link_record.n = link_cluster.n
    inner join previous_person as previous on previous.record_id = link_record.record_id
),
current as (
    select person_id as identity_id, 'created' as act, '' as other_id, 'First seen: none of its records was known before.' as reason
    from link_person
    where not is_kept and cluster not in (select cluster from moved)
    union all by name
    select person_id as identity_id, 'split' as act, previous_id as other_id, 'Its records no longer link to the others of the earlier person.' as reason
    from moved
    where not is_kept
    union all by name
    select moved.previous_id as identity_id, 'merged' as act, moved.person_id as other_id, 'Its records now link to another person''s.' as reason
    from moved
    where moved.is_kept and moved.previous_id <> moved.person_id and moved.previous_id not in (select person_id from link_person)
    union all by name
    select distinct person_id as identity_id, 'retired' as act, '' as other_id, 'None of its records is in the extracts any more.' as reason
    from previous_person
    where person_id not in (select previous_id from moved)
),
told as (
    select 'person' as identity_kind, current.*, $run_id as run_id
    from current
    union all by name
    select previous.*
    from previous_lineage as previous
    anti join current on current.identity_id = previous.identity_id and current.act = previous.act and current.other_id = previous.other_id
)
select *
from told
order by identity_id, act, other_id
