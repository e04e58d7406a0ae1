-- The people with most records. Grain: person. The weakest tie is the lowest weight by which a record of the person hangs on another.
with person as (
    select person_id, count(*) as record_count, count(distinct source) as source_count, count(distinct strict_person_id) as strict_count
    from clusters
    group by person_id
    order by record_count desc, person_id
    limit $cluster_limit
),
member as (
    select clusters.*
    from clusters
    semi join person on person.person_id = clusters.person_id
),
inside as (
    select l.person_id, l.source as source_l, l.record_id as record_id_l, r.source as source_r, r.record_id as record_id_r, pairs.match_weight
    from pairs
    inner join member as l on l.source = pairs.source_l and l.record_id = pairs.record_id_l
    inner join member as r on r.source = pairs.source_r and r.record_id = pairs.record_id_r and r.person_id = l.person_id
),
tie as (
    select person_id, source_l as source, record_id_l as record_id, match_weight from inside
    union all
    select person_id, source_r as source, record_id_r as record_id, match_weight from inside
),
best as (
    select person_id, source, record_id, max(match_weight) as match_weight
    from tie
    group by all
),
weakest as (
    select person_id, min(match_weight) as weakest_tie
    from best
    group by person_id
),
told as (
    select person_id, count(*) as pair_count, count_if(match_weight < 0) as against_count
    from inside
    group by person_id
)
select person.*, coalesce(told.pair_count, 0) as pair_count, coalesce(told.against_count, 0) as against_count, weakest.weakest_tie
from person
left join told on told.person_id = person.person_id
left join weakest on weakest.person_id = person.person_id
order by person.record_count desc, person.person_id
