-- third_started: pairs in doubt with a third record that is likely one of the two, and the pair of it with the other. Grain: pair in doubt x third record.
select own.*, least(own.n_r, tie.third) as far_l, greatest(own.n_r, tie.third) as far_r, tie.pattern as near_pattern, tie.name_rarity as near_rarity, tie.match as near_match
from third_doubt as own
inner join third_tie as tie on tie.n = own.n_l and tie.third <> own.n_r
union all
select own.*, least(own.n_l, tie.third) as far_l, greatest(own.n_l, tie.third) as far_r, tie.pattern as near_pattern, tie.name_rarity as near_rarity, tie.match as near_match
from third_doubt as own
inner join third_tie as tie on tie.n = own.n_r and tie.third <> own.n_l
