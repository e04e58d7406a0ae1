-- third_overlap: how many sources hold both of a pair in doubt, each beside records that are likely one of the two. Grain: pair in doubt with any.
-- One person is seldom held twice by one source, let alone by several; two people of one name are held by every source that holds either.
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
shared as (
    select n_l, n_r, source
    from held
    group by n_l, n_r, source
    having bool_or(is_left) and not bool_and(is_left)
)
select n_l, n_r, count(*)::integer as source_count
from shared
group by n_l, n_r
