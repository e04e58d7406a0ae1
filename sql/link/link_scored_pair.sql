-- link_scored_pair: every compared pair with its posterior. Grain: candidate pair.
-- A rare name that agrees says more against chance than the average one; it says nothing against a relative, who has the surname by birth.
with likelihood as (
    select
        pair.n_l,
        pair.n_r,
        pair.pattern,
        pair.is_vetoed,
        weight.log_match,
        weight.log_household,
        weight.log_unrelated
            + if(pair.forename = $exact_forename, log2(pair.forename_share / $forename_u), 0)
            + if(pair.surname = $exact_surname, log2(pair.surname_share / $surname_u), 0) as log_unrelated
    from compared_pair as pair
    inner join pattern_weight as weight on weight.pattern = pair.pattern
),
odds as (
    select
        n_l,
        n_r,
        pattern,
        is_vetoed,
        log_household - log_unrelated as household_against_unrelated,
        log_match - greatest(log_household, log_unrelated) - log2(1 + power(2, -abs(log_household - log_unrelated))) as match_weight
    from likelihood
)
select
    n_l,
    n_r,
    pattern,
    is_vetoed,
    match_weight,
    1 / (1 + power(2, -match_weight)) as match_probability,
    1 / (1 + power(2, match_weight)) / (1 + power(2, -household_against_unrelated)) as household_probability
from odds
