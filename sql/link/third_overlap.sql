-- third_overlap: how many sources hold the left, the right and both of a pair in doubt, by records that are surely one of the two. Grain: pair in doubt.
-- One person is seldom held twice by one source, let alone by several; two people of one name are held by most sources that hold either.
with held as (
    -- Who stands beside both speaks for neither.
    select beside.n_l, beside.n_r, unit.source, beside.is_left
    from third_beside as beside
    inner join people_unit as unit on unit.n = beside.third
    where beside.is_left <> beside.is_right
    union all
    select pair.n_l, pair.n_r, unit.source, true as is_left
    from link_scored_pair as pair
    inner join people_unit as unit on unit.n = pair.n_l
    where pair.match_weight between $lowest and $highest
    union all
    select pair.n_l, pair.n_r, unit.source, false as is_left
    from link_scored_pair as pair
    inner join people_unit as unit on unit.n = pair.n_r
    where pair.match_weight between $lowest and $highest
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
