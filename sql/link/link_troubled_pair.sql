-- link_troubled_pair: all that is known of the pairs inside troubled components. Grain: pair of records, n_l < n_r.
-- A pair that must stay apart weighs minus infinity, which no sum of weights outdoes.
with known as (
    select n_l, n_r, $apart_weight as weight, false as is_edge from link_apart
    union all by name
    select n_l, n_r, weight, true as is_edge from link_edge
    union all by name
    select pair.n_l, pair.n_r, pair.match_weight as weight, false as is_edge
    from link_scored_pair as pair
    anti join link_edge as edge on edge.n_l = pair.n_l and edge.n_r = pair.n_r
    anti join link_apart as apart on apart.n_l = pair.n_l and apart.n_r = pair.n_r
    union all by name
    select pair.n_l, pair.n_r, pair.match_weight as weight, false as is_edge
    from hopeless_pair as pair
    anti join link_edge as edge on edge.n_l = pair.n_l and edge.n_r = pair.n_r
    anti join link_apart as apart on apart.n_l = pair.n_l and apart.n_r = pair.n_r
)
select l.label, known.n_l, known.n_r, known.weight, known.is_edge
from known
inner join link_label as l on l.n = known.n_l
inner join link_label as r on r.n = known.n_r and r.label = l.label
inner join link_troubled on link_troubled.label = l.label
order by l.label, known.n_l, known.n_r
