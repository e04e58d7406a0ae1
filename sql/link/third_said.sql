-- third_said: what third records say of a pair in doubt, in bits. Grain: pair in doubt. Of all that speak for one person the clearest counts, and of all that speak against.
-- Five accounts of the three records are weighed against three strangers: all one person, either two of them, or none; who is not one person may be of one household.
with rare as (
    select
        closed.n_l,
        closed.n_r,
        closed.is_vetoed,
        closed.match_weight - said.own_source as own_weight,
        closed.match - said.own_source as match,
        closed.near_match - said.near_source as near_match,
        closed.far_match - said.far_source as far_match,
        greatest(name_rarity, near_rarity, far_rarity) + least(name_rarity, near_rarity, far_rarity) as both_rarities,
        2 * $match_prior + said.all_one + both_rarities as one,
        $household_prior + said.beside_own + greatest(near_rarity, far_rarity) as own_housemate,
        $household_prior + said.beside_near + greatest(name_rarity, far_rarity) as near_housemate,
        $household_prior + said.beside_far + greatest(name_rarity, near_rarity) as far_housemate,
        2 * $household_prior + said.all_housemates + both_rarities as housemates
    from third_closed as closed
    inner join third_pattern as said
        on said.pattern = closed.pattern and said.near_pattern = closed.near_pattern and said.far_pattern = closed.far_pattern
),
account as (
    -- A housemate or a stranger: log2(1 + 2^x), for large x too.
    select
        n_l,
        n_r,
        own_weight,
        if(is_vetoed, -1000, one) as all_one,
        match + greatest(own_housemate, 0) + log2(1 + power(2, -abs(own_housemate))) as own_only,
        near_match + greatest(near_housemate, 0) + log2(1 + power(2, -abs(near_housemate))) as near_only,
        if(is_vetoed, -1000, far_match + greatest(far_housemate, 0) + log2(1 + power(2, -abs(far_housemate)))) as far_only,
        greatest(housemates, 0) + log2(1 + power(2, -abs(housemates))) as none,
        -- Against the greatest, so that no power overflows.
        greatest(all_one, own_only, near_only, far_only, none) as top
    from rare
),
said as (
    select
        n_l,
        n_r,
        log2(power(2, all_one - top) + power(2, own_only - top) + 1e-30)
            - log2(power(2, near_only - top) + power(2, far_only - top) + power(2, none - top) + 1e-30) - own_weight as weight
    from account
)
select n_l, n_r, greatest(max(weight), 0) as weight_for, least(min(weight), 0) as weight_against
from said
group by n_l, n_r
