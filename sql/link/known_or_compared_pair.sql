-- compared_pair, with the pairs that were known: what other records decide of them is looked at afresh. Grain: candidate pair.
-- A skeleton: matching.known puts in the table that holds what is known, levels that depend on other records, and the place of the address level.
with known as (
    select n_l, n_r, pattern, is_vetoed, {address} as level_address
    from {known}
)
select
    pair.n_l,
    pair.n_r,
    {pattern} as pattern,
    l.forename_share,
    l.surname_share,
    l.further_address_share,
    pair.is_vetoed
from known as pair
inner join link_record as l on l.n = pair.n_l
inner join link_record as r on r.n = pair.n_r
union all by name
from compared_pair
