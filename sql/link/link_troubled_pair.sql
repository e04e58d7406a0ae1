-- link_troubled_pair: all that is known of the pairs inside troubled components. Grain: pair of records, n_l < n_r.
-- A pair that must stay apart weighs minus infinity, which no sum of weights outdoes.
with pair as (
    select label, n_l, n_r, max(weight) as weight
    from link_within
    semi join link_troubled on link_troubled.label = link_within.label
    group by label, n_l, n_r
),
known as (
    select
        pair.label,
        pair.n_l,
        pair.n_r,
        if(apart.n_l is null, coalesce(edge.weight, pair.weight), $apart_weight) as weight,
        edge.n_l is not null as is_edge
    from pair
    left join link_edge as edge on edge.n_l = pair.n_l and edge.n_r = pair.n_r
    left join link_apart as apart on apart.n_l = pair.n_l and apart.n_r = pair.n_r
)
from known
where weight is not null
order by label, n_l, n_r
