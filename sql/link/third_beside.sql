-- third_beside: who is surely one of a pair in doubt besides, and of which. Grain: pair in doubt x third record.
with doubtful as (
    select n_l, n_r
    from link_scored_pair
    where match_weight between $lowest and $highest
),
beside as (
    select doubtful.n_l, doubtful.n_r, tie.third, true as is_left
    from doubtful
    inner join third_tie as tie on tie.n = doubtful.n_l and tie.third <> doubtful.n_r
    union all
    select doubtful.n_l, doubtful.n_r, tie.third, false as is_left
    from doubtful
    inner join third_tie as tie on tie.n = doubtful.n_r and tie.third <> doubtful.n_l
)
select n_l, n_r, third, bool_or(is_left) as is_left, bool_or(not is_left) as is_right
from beside
group by n_l, n_r, third
