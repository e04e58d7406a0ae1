-- people_cluster: the person of each record, and the person under the strict threshold. Grain: record. A person is named for its first record.
-- Records that say exactly the same are one person only where what they say is enough: two that hold just a common name stay apart.
with unit as (
    select
        first.n,
        -- The source's length parts it from the record id, whatever signs either holds.
        left(md5(length(first.source) || '|' || first.source || '|' || first.record_id), 16) as name,
        if(coalesce(repeated.match_probability, 1) >= $link_probability, cluster.cluster, null) as cluster,
        if(coalesce(repeated.match_probability, 1) >= $strict_probability, hash(cluster.cluster, strict.cluster), null) as strict_cluster
    from people_unit as first
    inner join link_cluster as cluster on cluster.n = first.n
    inner join strict_cluster as strict on strict.n = first.n
    left join repeated_scored_pair as repeated on repeated.n_l = first.n
    where first.is_first
),
person as (
    select cluster, arg_min(name, n) as name
    from unit
    where cluster is not null
    group by cluster
),
strict_person as (
    select strict_cluster, arg_min(name, n) as name
    from unit
    where strict_cluster is not null
    group by strict_cluster
),
named as (
    select unit.n, person.name, strict_person.name as strict_name
    from unit
    left join person on person.cluster = unit.cluster
    left join strict_person on strict_person.strict_cluster = unit.strict_cluster
)
select
    record.record_id,
    record.source,
    'P' || coalesce(named.name, left(md5(length(record.source) || '|' || record.source || '|' || record.record_id), 16)) as person_id,
    'S' || coalesce(named.strict_name, left(md5(length(record.source) || '|' || record.source || '|' || record.record_id), 16)) as strict_person_id
from people_unit as record
inner join named on named.n = record.n
