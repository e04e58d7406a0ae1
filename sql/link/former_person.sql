-- former_person: which earlier persons each cluster's records belonged to. Grain: cluster x earlier person.
-- By the record's id first; a person none of whose records is here any more may still be recognised by a key.
with by_record as (
    select
        link_cluster.cluster,
        previous.person_id,
        count(*) filter (where previous.is_present) as present_count,
        count(*) as record_count,
        0 as key_count,
        min(previous.first_seen_run_id) as first_seen_run_id
    from link_cluster
    inner join link_record on link_record.n = link_cluster.n
    inner join previous_person as previous on previous.record_id = link_record.record_id
    group by link_cluster.cluster, previous.person_id
),
earlier_key as (
    select person_id, first_seen_run_id, unnest([reference_key, rewritten_key, number_key, content_key]) as key
    from previous_person
),
present_key as (
    select link_cluster.cluster, unnest([link_key.reference_key, link_key.rewritten_key, link_key.number_key, link_key.content_key]) as key
    from link_key
    inner join link_cluster on link_cluster.n = link_key.n
),
-- A key that two people bear, earlier or now, says nothing.
sure_earlier as (
    select key, any_value(person_id) as person_id, min(first_seen_run_id) as first_seen_run_id
    from earlier_key
    where key is not null
    group by key
    having count(distinct person_id) = 1
),
sure_present as (
    select key, any_value(cluster) as cluster
    from present_key
    where key is not null
    group by key
    having count(distinct cluster) = 1
),
by_key as (
    select
        sure_present.cluster,
        sure_earlier.person_id,
        0 as present_count,
        0 as record_count,
        count(*) as key_count,
        min(sure_earlier.first_seen_run_id) as first_seen_run_id
    from sure_earlier
    inner join sure_present on sure_present.key = sure_earlier.key
    where sure_earlier.person_id not in (select person_id from by_record)
    group by sure_present.cluster, sure_earlier.person_id
)
from by_record
union all by name
from by_key
