-- third_context: all that other records say of a pair in doubt, in bits. Grain: pair in doubt.
-- What speaks for one person is partly the same as what the pair itself says, so that a share of it counts.
-- To whether one source holds both records is added which sources hold those that are surely either, and whether either stands alone.
with counted as (
    select
        *,
        least(bit_count(left_sources), $most_sources)::integer as left_count,
        least(bit_count(right_sources), $most_sources)::integer as right_count,
        least(bit_count(left_sources & right_sources), $most_sources)::integer as both_count
    from third_standing
)
select
    pair.n_l,
    pair.n_r,
    $share_for * coalesce(said.weight_for, 0) + coalesce(said.weight_against, 0)
        + coalesce(held.source_weight - own.source_weight, 0)
        + counted.alone_weight * if(counted.is_both_alone, $both_alone, $one_alone) as context_weight
from third_doubt as pair
inner join counted on counted.n_l = pair.n_l and counted.n_r = pair.n_r
left join third_said as said on said.n_l = pair.n_l and said.n_r = pair.n_r
left join overlap_weight as held
    on held.left_count = counted.left_count and held.right_count = counted.right_count and held.both_count = counted.both_count
left join overlap_weight as own
    on own.left_count = 1 and own.right_count = 1 and own.both_count = if(pair.pattern >> $source_shift & 15 in (1, 2), 1, 0)
