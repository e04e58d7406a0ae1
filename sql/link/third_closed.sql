-- third_closed: pairs in doubt with a third record that is likely one of the two, and the three pairs among them. Grain: pair in doubt x third record.
with known as (
    select n_l, n_r, pattern, name_rarity, match_weight - veto_weight - household_weight as match, is_vetoed
    from link_scored_pair
    union all by name
    select n_l, n_r, pattern, 0 as name_rarity, match_weight as match, is_vetoed
    from hopeless_pair
),
started as (
    select own.*, tie.third, own.n_r as far, tie.pattern as near_pattern, tie.name_rarity as near_rarity, tie.match as near_match
    from third_doubt as own
    inner join third_tie as tie on tie.n = own.n_l and tie.third <> own.n_r
    union all
    select own.*, tie.third, own.n_l as far, tie.pattern as near_pattern, tie.name_rarity as near_rarity, tie.match as near_match
    from third_doubt as own
    inner join third_tie as tie on tie.n = own.n_r and tie.third <> own.n_l
)
select started.* exclude (far, third), known.pattern as far_pattern, known.name_rarity as far_rarity, known.match as far_match, known.is_vetoed
from started
inner join known on known.n_l = least(started.far, started.third) and known.n_r = greatest(started.far, started.third)
