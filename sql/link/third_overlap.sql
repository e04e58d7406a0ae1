-- third_overlap: how many sources hold the left, the right and both of a pair in doubt, by records that are surely one of the two. Grain: pair in doubt.
-- One person is seldom held twice by one source, let alone by several; two people of one name are held by most sources that hold either.
with doubtful as (
    select n_l, n_r
    from link_scored_pair
    where match_weight between $lowest and $highest
),
tie as (
    select n_l as n, n_r as third from link_scored_pair where match_weight >= $sure
    union all
    select n_r as n, n_l as third from link_scored_pair where match_weight >= $sure
),
beside as (
    select doubtful.n_l, doubtful.n_r, tie.third, true as is_left
    from doubtful
    inner join tie on tie.n = doubtful.n_l and tie.third <> doubtful.n_r
    union all
    select doubtful.n_l, doubtful.n_r, tie.third, false as is_left
    from doubtful
    inner join tie on tie.n = doubtful.n_r and tie.third <> doubtful.n_l
),
-- Who stands beside both speaks for neither.
apart as (
    select n_l, n_r, third, bool_or(is_left) as is_left
    from beside
    group by n_l, n_r, third
    having count(*) = 1
),
held as (
    select apart.n_l, apart.n_r, unit.source, apart.is_left
    from apart
    inner join people_unit as unit on unit.n = apart.third
    union all
    select doubtful.n_l, doubtful.n_r, unit.source, true as is_left
    from doubtful
    inner join people_unit as unit on unit.n = doubtful.n_l
    union all
    select doubtful.n_l, doubtful.n_r, unit.source, false as is_left
    from doubtful
    inner join people_unit as unit on unit.n = doubtful.n_r
),
source as (
    select n_l, n_r, source, bool_or(is_left) as is_left, bool_or(not is_left) as is_right
    from held
    group by n_l, n_r, source
)
select
    n_l,
    n_r,
    least(count_if(is_left), $most_sources)::integer as left_count,
    least(count_if(is_right), $most_sources)::integer as right_count,
    least(count_if(is_left and is_right), $most_sources)::integer as both_count
from source
group by n_l, n_r
