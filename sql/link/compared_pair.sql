-- compared_pair: how alike the two sides of a pair are, field by field. Grain: candidate pair.
-- A skeleton: matching.comparison puts in the levels of the fields compared (sql/link/level/), packed into one pattern of four bits a field.
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
    left join forename_pair on forename_pair.l_n = l.forename_n and forename_pair.r_n = r.forename_n
    left join surname_pair on surname_pair.l_n = l.surname_n and surname_pair.r_n = r.surname_n
)
select n_l, n_r, {pattern} as pattern, forename_share, surname_share, further_address_share, is_vetoed
from level
