-- third_lonely: what it says for one person, in bits, that one of the two stands beside nobody else. Grain: pair in doubt.
-- Where nearly everybody is found several times, somebody found once only is rarely a person apart.
with standing as (
    select
        pair.n_l,
        pair.n_r,
        count_if(beside.is_left and not beside.is_right) as left_count,
        count_if(beside.is_right and not beside.is_left) as right_count,
        count_if(beside.is_left and beside.is_right) as both_count
    from link_scored_pair as pair
    left join third_beside as beside on beside.n_l = pair.n_l and beside.n_r = pair.n_r
    where pair.match_weight between $lowest and $highest
    group by pair.n_l, pair.n_r
)
select
    standing.n_l,
    standing.n_r,
    -(if(left_count = 0, log2(l_share.share), 0) + if(right_count = 0, log2(r_share.share), 0))
        * if(left_count + right_count + both_count = 0, $both_alone, $one_alone) as lonely_weight
from standing
inner join link_record as l on l.n = standing.n_l
inner join link_record as r on r.n = standing.n_r
inner join lonely_share as l_share
    on l_share.source = l.source and l_share.is_undated = (l.birth_number is null) and l_share.is_placeless = (l.area is null)
inner join lonely_share as r_share
    on r_share.source = r.source and r_share.is_undated = (r.birth_number is null) and r_share.is_placeless = (r.area is null)
where left_count = 0 or right_count = 0
