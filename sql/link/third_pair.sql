-- third_pair: what a third record says of a pair in doubt, in bits. Grain: pair in doubt x third record that is likely one of the two.
-- Five accounts of the three records are weighed against three strangers: all one person, either two of them, or none; who is not one person may be of one household.
with rare as (
    select
        closed.* replace (match - own_source as match, near_match - near_source as near_match, far_match - far_source as far_match),
        match_weight - own_source as own_weight,
        greatest(name_rarity, near_rarity, far_rarity) + least(name_rarity, near_rarity, far_rarity) as both_rarities,
        together.all_one,
        [
            $household_prior + together.beside_own + greatest(near_rarity, far_rarity),
            $household_prior + together.beside_near + greatest(name_rarity, far_rarity),
            $household_prior + together.beside_far + greatest(name_rarity, near_rarity),
            2 * $household_prior + together.all_housemates + both_rarities
        ] as household
    from third_closed as closed
    inner join third_pattern as together
        on together.pattern = closed.pattern and together.near_pattern = closed.near_pattern and together.far_pattern = closed.far_pattern
),
apart as (
    -- log2(1 + 2^x), for large x too: a housemate or a stranger.
    select *, list_transform(household, lambda x: greatest(x, 0) + log2(1 + power(2, -abs(x)))) as either
    from rare
),
account as (
    select
        n_l,
        n_r,
        own_weight,
        if(is_vetoed, -1000, 2 * $match_prior + all_one + both_rarities) as all_one,
        match + either[1] as own_only,
        near_match + either[2] as near_only,
        if(is_vetoed, -1000, far_match + either[3]) as far_only,
        either[4] as none
    from apart
),
scaled as (
    -- Against the greatest, so that no power overflows.
    select *, greatest(all_one, own_only, near_only, far_only, none) as top
    from account
)
select
    n_l,
    n_r,
    log2(power(2, all_one - top) + power(2, own_only - top) + 1e-30)
        - log2(power(2, near_only - top) + power(2, far_only - top) + power(2, none - top) + 1e-30) - own_weight as context_weight
from scaled
