-- third_standing: who is surely one of a pair in doubt besides, which sources hold the left, the right and both of the two by them, and whether either stands alone.
-- Grain: pair in doubt. One person is seldom held twice by one source, let alone by several; two people of one name are held by most sources that hold either.
with beside as (
    select pair.n_l, pair.n_r, tie.third, true as is_left
    from third_doubt as pair
    inner join third_tie as tie on tie.n = pair.n_l and tie.is_sure and tie.third <> pair.n_r
    union all
    select pair.n_l, pair.n_r, tie.third, false as is_left
    from third_doubt as pair
    inner join third_tie as tie on tie.n = pair.n_r and tie.is_sure and tie.third <> pair.n_l
),
third as (
    select n_l, n_r, third, bool_or(is_left) as is_left, bool_or(not is_left) as is_right
    from beside
    group by n_l, n_r, third
),
told as (
    -- Who stands beside both speaks for neither.
    select
        third.n_l,
        third.n_r,
        bool_or(not third.is_right) as has_left,
        bool_or(not third.is_left) as has_right,
        bit_or(if(third.is_right, 0::ubigint, holder.sources)) as left_sources,
        bit_or(if(third.is_left, 0::ubigint, holder.sources)) as right_sources
    from third
    inner join third_holder as holder on holder.n = third.third
    group by third.n_l, third.n_r
)
select
    pair.n_l,
    pair.n_r,
    l.sources | coalesce(told.left_sources, 0) as left_sources,
    r.sources | coalesce(told.right_sources, 0) as right_sources,
    -- Where nearly everybody is found several times, somebody found once only is rarely a person apart.
    if(coalesce(told.has_left, false), 0, l.alone_weight) + if(coalesce(told.has_right, false), 0, r.alone_weight) as alone_weight,
    told.n_l is null as is_both_alone
from third_doubt as pair
inner join third_holder as l on l.n = pair.n_l
inner join third_holder as r on r.n = pair.n_r
left join told on told.n_l = pair.n_l and told.n_r = pair.n_r
