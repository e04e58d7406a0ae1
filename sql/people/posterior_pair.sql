-- link_scored_pair with vetoes in its probabilities: what cannot be one person has probability 0. Grain: candidate pair.
-- A skeleton: matching.scoring puts in the statement of link_scored_pair, so that the pairs are written once.
with scored as (
    {scored}
),
vetoed as (
    select *, if(is_vetoed, $veto_weight, 0)::double as veto_weight
    from scored
)
select
    * replace (
        if(is_vetoed, 0, match_probability) as match_probability,
        match_weight + veto_weight as match_weight,
        if(is_vetoed, 1 - power(2, household_weight), household_probability) as household_probability
    )
from vetoed
