-- link_scored_pair with what third records say. Grain: candidate pair. Of all that speak for one person the clearest counts, and of all that speak against.
with context as (
    select n_l, n_r, greatest(max(context_weight), 0) + least(min(context_weight), 0) as context_weight
    from third_pair
    group by n_l, n_r
),
weighed as (
    select pair.*, coalesce(context.context_weight, 0) as context_weight
    from link_scored_pair as pair
    left join context on context.n_l = pair.n_l and context.n_r = pair.n_r
)
select
    * replace (
        match_weight + context_weight as match_weight,
        if(is_vetoed, 0, 1 / (1 + power(2, -(match_weight + context_weight)))) as match_probability,
        1 / (1 + power(2, match_weight + context_weight)) * (1 - power(2, household_weight)) as household_probability
    )
from weighed
