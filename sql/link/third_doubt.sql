-- third_doubt: pairs whose answer other records may change. Grain: pair of records.
-- One that is rather unlikely by itself is lifted only by a third record that is likely both of the two.
with unlikely as (
    select n_l, n_r
    from link_scored_pair
    where match_weight >= $lowest and match_weight < $open
),
lifted as (
    select distinct unlikely.n_l, unlikely.n_r
    from unlikely
    inner join third_tie as near on near.n = unlikely.n_l
    inner join third_tie as far on far.n = unlikely.n_r and far.third = near.third
)
select pair.n_l, pair.n_r, pair.pattern, pair.name_rarity, pair.match_weight, pair.match_weight - pair.household_weight as match
from link_scored_pair as pair
left join lifted on lifted.n_l = pair.n_l and lifted.n_r = pair.n_r
where pair.match_weight between $lowest and $highest and (pair.match_weight >= $open or lifted.n_l is not null)
