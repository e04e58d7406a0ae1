-- link_scored_pair with vetoes in its probabilities: what cannot be one person, or is declared to be two, has probability 0. Grain: candidate pair.
-- A skeleton: matching.scoring puts in the statement of link_scored_pair, so that the pairs are written once.
with scored as (
    {scored}
),
held as (
    select scored.* replace (scored.is_vetoed or declared.n_l is not null as is_vetoed)
    from scored
    left join link_declared as declared on declared.n_l = scored.n_l and declared.n_r = scored.n_r
),
vetoed as (
    select *, if(is_vetoed, $veto_weight, 0)::double as veto_weight
    from held
)
select
    * replace (
        if(is_vetoed, 0, match_probability) as match_probability,
        match_weight + veto_weight as match_weight,
        if(is_vetoed, 1 - power(2, household_weight), household_probability) as household_probability
    )
from vetoed
