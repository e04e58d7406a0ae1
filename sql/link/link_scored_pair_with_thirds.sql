-- link_scored_pair with what other records say. Grain: candidate pair. Of all thirds that speak for one person the clearest counts, and of all that speak against;
-- to whether one source holds both records is added which sources hold those that are surely either, and whether either stands alone.
with context as (
    -- What speaks for one person is partly the same as what the pair itself says.
    select n_l, n_r, $share_for * greatest(max(context_weight), 0) + least(min(context_weight), 0) as context_weight
    from third_pair
    group by n_l, n_r
),
weighed as (
    select
        pair.*,
        coalesce(context.context_weight, 0) + coalesce(said.source_weight - own.source_weight, 0) + coalesce(lonely.lonely_weight, 0) as context_weight
    from link_scored_pair as pair
    left join context on context.n_l = pair.n_l and context.n_r = pair.n_r
    left join third_overlap as overlap on overlap.n_l = pair.n_l and overlap.n_r = pair.n_r
    left join overlap_weight as said
        on said.left_count = overlap.left_count and said.right_count = overlap.right_count and said.both_count = overlap.both_count
    left join overlap_weight as own
        on own.left_count = 1 and own.right_count = 1 and own.both_count = if(pair.pattern >> $source_shift & 15 in (1, 2), 1, 0)
    left join third_lonely as lonely on lonely.n_l = pair.n_l and lonely.n_r = pair.n_r
)
select
    * replace (
        match_weight + context_weight as match_weight,
        if(is_vetoed, 0, 1 / (1 + power(2, -(match_weight + context_weight)))) as match_probability,
        1 / (1 + power(2, match_weight + context_weight)) * (1 - power(2, household_weight)) as household_probability
    )
from weighed
