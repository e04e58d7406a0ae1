-- compared_pair, of the pairs seen at a glance those that a closer look may bring to the review threshold or to a household. Grain: pair of records.
-- A skeleton: matching.comparison puts in the fields that a glance left open (15), which are compared where they are.
with hopeful as (
    select
        n_l,
        n_r,
        pattern,
        forename_share,
        surname_share,
        further_address_share,
        is_vetoed,
        {is_open} as is_open,
        {address} as level_address,
        -- Names the wrong way round are known at a glance.
        false as is_swapped
    from glanced_pair
    where is_hopeful
)
select n_l, n_r, pattern, forename_share, surname_share, further_address_share, is_vetoed
from hopeful
where not is_open
union all
select pair.n_l, pair.n_r, {pattern} as pattern, pair.forename_share, pair.surname_share, pair.further_address_share, pair.is_vetoed
from hopeful as pair
inner join link_record as l on l.n = pair.n_l
inner join link_record as r on r.n = pair.n_r
where pair.is_open
