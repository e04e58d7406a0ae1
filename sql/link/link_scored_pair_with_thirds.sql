-- link_scored_pair with what third records say. Grain: candidate pair. Of all that speak for one person the clearest counts, and of all that speak against;
-- beyond that each further source that holds both speaks against one person.
with context as (
    select n_l, n_r, greatest(max(context_weight), 0) + least(min(context_weight), 0) as context_weight
    from third_pair
    group by n_l, n_r
),
weighed as (
    select
        pair.*,
        coalesce(context.context_weight, 0)
            + $same_source_weight * greatest(coalesce(overlap.source_count, 0) - if(l.holder = r.holder, 1, 0), 0) as context_weight
    from link_scored_pair as pair
    inner join link_record as l on l.n = pair.n_l
    inner join link_record as r on r.n = pair.n_r
    left join context on context.n_l = pair.n_l and context.n_r = pair.n_r
    left join third_overlap as overlap on overlap.n_l = pair.n_l and overlap.n_r = pair.n_r
)
select
    * replace (
        match_weight + context_weight as match_weight,
        if(is_vetoed, 0, 1 / (1 + power(2, -(match_weight + context_weight)))) as match_probability,
        1 / (1 + power(2, match_weight + context_weight)) * (1 - power(2, household_weight)) as household_probability
    )
from weighed
