-- third_tie: records that are likely one person by the two alone, both ways round, of each record the likeliest. Grain: record x record.
with likely as (
    select n_l, n_r, pattern, name_rarity, match_weight - household_weight as match, match_weight >= $sure as is_sure
    from link_scored_pair
    where match_weight >= $likely
),
both_ways as (
    select n_l as n, n_r as third, pattern, name_rarity, match, is_sure
    from likely
    union all
    select n_r as n, n_l as third, pattern, name_rarity, match, is_sure
    from likely
)
select *
from both_ways
qualify row_number() over (partition by n order by match desc, third) <= $most_ties
