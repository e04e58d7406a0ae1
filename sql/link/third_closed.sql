-- third_closed: pairs in doubt with a third record that is likely one of the two, and the three pairs among them. Grain: pair in doubt x third record.
with known as (
    select n_l, n_r, pattern, name_rarity, match_weight - veto_weight - household_weight as match, is_vetoed
    from link_scored_pair
    union all by name
    select n_l, n_r, pattern, 0 as name_rarity, match_weight as match, is_vetoed
    from hopeless_pair
    union all by name
    select n_l, n_r, pattern, name_rarity, match_weight - household_weight as match, is_vetoed
    from third_met
)
select started.* exclude (far_l, far_r), known.pattern as far_pattern, known.name_rarity as far_rarity, known.match as far_match, known.is_vetoed
from third_started as started
inner join known on known.n_l = started.far_l and known.n_r = started.far_r
