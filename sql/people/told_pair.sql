-- told_pair: pairs that are worth telling, those inside a unit among them. Grain: pair of units, n_l <= n_r.
select n_l, n_r, pattern, name_rarity, household_weight, veto_weight, context_weight, is_vetoed, match_weight, match_probability, household_probability
from link_scored_pair
where match_probability >= $review_probability or household_probability >= $household_probability
union all
select n_l, n_r, pattern, name_rarity, household_weight, veto_weight, context_weight, is_vetoed, match_weight, match_probability, household_probability
from repeated_scored_pair
order by n_l, n_r
