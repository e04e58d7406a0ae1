-- glanced_pair: the most a pair can weigh, and whether a costly comparison could bring it to the review threshold or to a household. Grain: candidate pair.
with bounded as (
    select
        pair.*,
        bound.match_bound,
        bound.household_bound,
        case
            when bound.is_forename_exact and bound.is_surname_exact
                then log2($forename_u * $surname_u / greatest(pair.forename_share * pair.surname_share, pair.further_address_share * $namesakes_per_address))
            when bound.is_forename_exact then log2($forename_u / pair.forename_share)
            when bound.is_surname_exact then log2($surname_u / pair.surname_share)
            else 0
        end as name_rarity
    from compared_pair as pair
    inner join pattern_bound as bound on bound.pattern = pair.pattern
)
select
    * exclude (match_bound, household_bound, name_rarity),
    match_bound + name_rarity as match_weight,
    match_bound + name_rarity >= $review_weight or household_bound + name_rarity >= 0 as is_hopeful
from bounded
