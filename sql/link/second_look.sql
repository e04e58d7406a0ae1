-- second_look: two clusters at one home that are surely one person, now that it is known who else lives there. Grain: pair of clusters, the lower first.
-- Each was let go because its records fit somebody elsewhere about as well. Beside the same other people at one dwelling it is the one who lives there,
-- where the two have one name and one sex, only one of them a date of birth, nothing holds any of their records apart, and nobody else at the home could
-- be either of them.
with resident as (
    select distinct cluster.cluster, record.address_key
    from link_record as record
    inner join link_cluster as cluster on cluster.n = record.n
    where record.address_key is not null and not record.is_shared_address and record.dwelling_record_count <= $company_limit
),
home as (
    select address_key from resident group by address_key having count(*) > 2
),
-- Every pair at such a home that a person would have to look at.
doubtful as (
    select
        least(cluster_l.cluster, cluster_r.cluster) as cluster_l,
        greatest(cluster_l.cluster, cluster_r.cluster) as cluster_r,
        l.address_key,
        pair.match_weight,
        pair.match_probability >= $sure_probability and weight.levels like '%forename=exact; surname=exact%sex=exact%' as is_sure
    from link_scored_pair as pair
    inner join link_cluster as cluster_l on cluster_l.n = pair.n_l
    inner join link_cluster as cluster_r on cluster_r.n = pair.n_r and cluster_r.cluster <> cluster_l.cluster
    inner join link_record as l on l.n = pair.n_l
    inner join link_record as r on r.n = pair.n_r and r.address_key = l.address_key
    inner join home on home.address_key = l.address_key
    inner join pattern_weight as weight on weight.pattern = pair.pattern
    anti join link_apart as apart on apart.n_l = pair.n_l and apart.n_r = pair.n_r
    where pair.match_probability >= $review_probability
),
apart as (
    select distinct least(cluster_l.cluster, cluster_r.cluster) as cluster_l, greatest(cluster_l.cluster, cluster_r.cluster) as cluster_r
    from (select n_l, n_r from link_apart union all select n_l, n_r from link_decision where decision <> 'same') as pair
    inner join link_cluster as cluster_l on cluster_l.n = pair.n_l
    inner join link_cluster as cluster_r on cluster_r.n = pair.n_r
),
candidate as (
    select cluster_l, cluster_r, max(match_weight) as weight
    from doubtful
    group by cluster_l, cluster_r
    having bool_or(is_sure)
),
-- How many others at the same homes each could be.
rival as (
    select cluster, count(distinct other) as other_count
    from (select cluster_l as cluster, cluster_r as other from doubtful union all select cluster_r as cluster, cluster_l as other from doubtful)
    group by cluster
),
size as (
    select cluster.cluster, count(*) as record_count, count(record.birth_number) > 0 as is_dated
    from link_cluster as cluster
    inner join link_record as record on record.n = cluster.n
    group by cluster.cluster
)
select candidate.cluster_l, candidate.cluster_r, candidate.weight
from candidate
anti join apart on apart.cluster_l = candidate.cluster_l and apart.cluster_r = candidate.cluster_r
inner join rival as rival_l on rival_l.cluster = candidate.cluster_l and rival_l.other_count = 1
inner join rival as rival_r on rival_r.cluster = candidate.cluster_r and rival_r.other_count = 1
inner join size as size_l on size_l.cluster = candidate.cluster_l
inner join size as size_r on size_r.cluster = candidate.cluster_r
where size_l.record_count + size_r.record_count <= $size_limit and not (size_l.is_dated and size_r.is_dated)
