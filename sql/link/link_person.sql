-- link_person: the stable id of each cluster. Grain: cluster.
-- An earlier id goes where most of its records went; of several that arrive at one cluster the one with most records stays, then the older.
-- Records of the last publication count before those remembered from earlier ones, and both before keys.
with home as (
    select *
    from former_person
    qualify row_number() over (partition by person_id order by present_count desc, record_count desc, key_count desc, cluster) = 1
),
kept as (
    select *
    from home
    qualify row_number() over (
        partition by cluster order by present_count desc, record_count desc, key_count desc, first_seen_run_id, person_id
    ) = 1
),
earliest as (
    select link_cluster.cluster, min(link_record.record_id) as record_id
    from link_cluster
    inner join link_record on link_record.n = link_cluster.n
    group by link_cluster.cluster
),
used as (
    select person_id from previous_person
    union
    select identity_id as person_id from previous_lineage
)
select
    earliest.cluster,
    -- An id made from a record that once bore another person's is made from the run as well, so that no id ever means two people.
    coalesce(
        kept.person_id,
        if(used.person_id is null, 'P' || left(md5(earliest.record_id), 16), 'P' || left(md5(earliest.record_id || '|' || $run_id), 16))
    ) as person_id,
    kept.person_id is not null as is_kept,
    coalesce(kept.first_seen_run_id, $run_id) as first_seen_run_id
from earliest
left join kept on kept.cluster = earliest.cluster
left join used on used.person_id = 'P' || left(md5(earliest.record_id), 16)
