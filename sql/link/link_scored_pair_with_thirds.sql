-- link_scored_pair with what other records say. Grain: candidate pair.
with weighed as (
    select pair.*, coalesce(context.context_weight, 0) as context_weight
    from link_scored_pair as pair
    left join third_context as context on context.n_l = pair.n_l and context.n_r = pair.n_r
)
select
    * replace (
        match_weight + context_weight as match_weight,
        if(is_vetoed, 0, 1 / (1 + power(2, -(match_weight + context_weight)))) as match_probability,
        1 / (1 + power(2, match_weight + context_weight)) * (1 - power(2, household_weight)) as household_probability
    )
from weighed
