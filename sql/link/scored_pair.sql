-- linked.scored_pair: pairs that are one person, that a person should look at, that are likely of one household, or that someone decided on.
-- Grain: pair of records. Above the review threshold but not in one person (a veto, a contest, a size limit) is for review unless held apart.
select
    l.record_id as record_id_l,
    r.record_id as record_id_r,
    weight.levels,
    weight.weights
        || if(pair.name_rarity = 0, '', '; name_rarity=' || printf('%+.1f', pair.name_rarity))
        || '; household=' || printf('%+.1f', pair.household_weight) as weights,
    round(pair.match_weight, 6) as match_weight,
    round(pair.match_probability, 9) as match_probability,
    round(pair.household_probability, 9) as household_probability,
    pair.is_vetoed or apart.n_l is not null as is_vetoed,
    case
        when cluster_l.cluster = cluster_r.cluster then 'link'
        when apart.n_l is not null or pair.match_probability < $review_probability then 'discard'
        else 'review'
    end as outcome,
    decided.decision
from link_scored_pair as pair
inner join link_record as l on l.n = pair.n_l
inner join link_record as r on r.n = pair.n_r
inner join link_cluster as cluster_l on cluster_l.n = pair.n_l
inner join link_cluster as cluster_r on cluster_r.n = pair.n_r
inner join pattern_weight as weight on weight.pattern = pair.pattern
left join link_apart as apart on apart.n_l = pair.n_l and apart.n_r = pair.n_r
left join link_decision as decided on decided.n_l = pair.n_l and decided.n_r = pair.n_r
where pair.match_probability >= $review_probability
    or pair.household_probability >= $household_probability
    or cluster_l.cluster = cluster_r.cluster
    or decided.decision is not null
order by l.record_id, r.record_id
