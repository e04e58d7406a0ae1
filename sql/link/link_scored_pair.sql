-- link_scored_pair: every compared pair with its posterior. Grain: candidate pair.
-- A rare name that agrees says more against chance than the average one; it says nothing against a relative, who has the surname by birth.
with named as (
    select
        *,
        pattern >> $forename_shift & 15 = $exact_forename as is_forename_exact,
        pattern >> $surname_shift & 15 = $exact_surname as is_surname_exact
    from compared_pair
),
likelihood as (
    select
        pair.n_l,
        pair.n_r,
        pair.pattern,
        pair.is_vetoed and $has_households as is_vetoed,
        weight.log_match,
        weight.log_household,
        weight.log_unrelated,
        case
            when pair.is_forename_exact and pair.is_surname_exact
                then log2($forename_u * $surname_u / greatest(pair.forename_share * pair.surname_share, pair.further_address_share * $namesakes_per_address))
            when pair.is_forename_exact then log2($forename_u / pair.forename_share)
            when pair.is_surname_exact then log2($surname_u / pair.surname_share)
            else 0
        end as name_rarity
    from named as pair
    inner join pattern_weight as weight on weight.pattern = pair.pattern
),
odds as (
    select
        *,
        log_household - log_unrelated + name_rarity as household_against_unrelated,
        log_match - log_unrelated + name_rarity as match_against_unrelated,
        -- What the household class takes off the weight: log2 of (household + unrelated) over unrelated, for large numbers too.
        -(greatest(household_against_unrelated, 0) + log2(1 + power(2, -abs(household_against_unrelated)))) as household_weight
    from likelihood
)
select
    n_l,
    n_r,
    pattern,
    is_vetoed,
    name_rarity,
    household_weight,
    match_against_unrelated + household_weight as match_weight,
    1 / (1 + power(2, -match_weight)) as match_probability,
    1 / (1 + power(2, match_weight)) / (1 + power(2, -household_against_unrelated)) as household_probability
from odds
