-- compared_pair: how alike the two sides of a pair are, field by field. Grain: candidate pair.
-- A skeleton: matching.comparison puts in the levels of the fields compared (sql/link/level/), packed into one pattern of four bits a field, and where names are looked up.
with level as (
    select
        pair.n_l,
        pair.n_r,
        {is_swapped} as is_swapped,
        {levels},
        l.forename_share,
        l.surname_share,
        l.further_address_share,
        {is_vetoed} as is_vetoed
    from candidate_pair as pair
    inner join link_record as l on l.n = pair.n_l
    inner join link_record as r on r.n = pair.n_r
    {name_pairs}
)
select n_l, n_r, {pattern} as pattern, forename_share, surname_share, further_address_share, is_vetoed
from level
