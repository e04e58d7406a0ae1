-- linked.person_record: which person each record belongs to, and how surely. Grain: record.
with both_ways as (
    select n_l as n, n_r as other, match_probability, false as is_decided from link_scored_pair where not is_vetoed
    union all by name
    select n_r as n, n_l as other, match_probability, false as is_decided from link_scored_pair where not is_vetoed
    union all by name
    select n_l as n, n_r as other, 1 as match_probability, true as is_decided from link_decision where decision = 'same'
    union all by name
    select n_r as n, n_l as other, 1 as match_probability, true as is_decided from link_decision where decision = 'same'
),
tie as (
    select own.n, max(both_ways.match_probability) as link_probability, bool_or(both_ways.is_decided) as is_confirmed
    from both_ways
    inner join link_cluster as own on own.n = both_ways.n
    inner join link_cluster as others on others.n = both_ways.other and others.cluster = own.cluster
    group by own.n
)
select
    link_record.record_id,
    link_person.person_id,
    round(coalesce(tie.link_probability, 1), 9) as link_probability,
    coalesce(tie.is_confirmed, false) as is_confirmed
from link_record
inner join link_cluster on link_cluster.n = link_record.n
inner join link_person on link_person.cluster = link_cluster.cluster
left join tie on tie.n = link_record.n
order by link_record.record_id
