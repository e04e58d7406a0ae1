-- How many pairs have which match weight, and how many of them are in one person. Grain: whole bit; the ends gather what lies beyond.
with pair as (
    select match_weight, l.cluster = r.cluster as is_together
    from link_scored_pair as pair
    inner join link_cluster as l on l.n = pair.n_l
    inner join link_cluster as r on r.n = pair.n_r
    union all by name
    select match_weight, false as is_together
    from hopeless_pair
)
select
    floor(least(greatest(match_weight, $lowest), $highest))::integer as match_weight,
    count(*) as pair_count,
    count_if(is_together) as linked_count
from pair
group by all
order by match_weight
