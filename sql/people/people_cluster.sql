-- people_cluster: the person of each record, and the person under the strict threshold. Grain: record.
-- Records that say exactly the same are one person only where what they say is enough: two that hold just a common name stay apart.
with placed as (
    select
        unit.record_id,
        unit.source,
        if(coalesce(repeated.match_probability, 1) >= $link_probability, hash(cluster.cluster), hash(unit.given_n)) as person,
        if(coalesce(repeated.match_probability, 1) >= $strict_probability, hash(cluster.cluster, strict.cluster), hash(unit.given_n)) as strict_person
    from people_unit as unit
    inner join link_cluster as cluster on cluster.n = unit.n
    inner join strict_cluster as strict on strict.n = unit.n
    left join repeated_scored_pair as repeated on repeated.n_l = unit.n
),
named as (
    select person, 'P' || left(md5(min(source || '|' || record_id)), 16) as person_id
    from placed
    group by person
),
strictly_named as (
    select strict_person, 'S' || left(md5(min(source || '|' || record_id)), 16) as strict_person_id
    from placed
    group by strict_person
)
select placed.record_id, placed.source, named.person_id, strictly_named.strict_person_id
from placed
inner join named on named.person = placed.person
inner join strictly_named on strictly_named.strict_person = placed.strict_person
order by placed.source, placed.record_id
