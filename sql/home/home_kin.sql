-- home_kin: pairs that would move together: declared to, or seen at one dwelling with a surname in common, or at two dwellings. Grain: pair, both ways.
with small as (
    select dwelling_key from home_stay group by dwelling_key having count(*) <= $crowd_limit
),

-- Where a dwelling is, as far as a slip in its postcode or a flat written otherwise leaves it: one place written in two ways is no move.
spot as (
    select address.dwelling_key, coalesce(min(record.street), '') || '|' || min(coalesce(address.paon, '')) as spot
    from home_address as address
    inner join home_record as record on record.address_key = address.address_key
    group by address.dwelling_key
),

met as (
    select l.n as n_l, r.n as n_r, count(distinct coalesce(spot.spot, l.dwelling_key::varchar)) as dwelling_count
    from home_stay as l
    inner join small on small.dwelling_key = l.dwelling_key
    inner join home_stay as r on r.dwelling_key = l.dwelling_key and r.n <> l.n
    left join spot on spot.dwelling_key = l.dwelling_key
    -- Who came after the other left never met there.
    where coalesce(l.left_date >= r.from_date, true) and coalesce(r.left_date >= l.from_date, true)
    group by l.n, r.n
),

named as (
    select distinct met.n_l, met.n_r
    from met
    inner join home_surname as l on l.n = met.n_l
    inner join home_surname as r on r.n = met.n_r and r.part = l.part
),

declared as (
    select n_l, n_r, kind from home_relation where kind <> 'apart'
    union
    select n_r, n_l, kind from home_relation where kind <> 'apart'
)

select pair.n_l, pair.n_r, coalesce(met.dwelling_count, 0) as dwelling_count, (pair.n_l, pair.n_r) in (select (n_l, n_r) from declared) as is_declared
from (
    select n_l, n_r from met where dwelling_count > 1
    union
    from named
    union
    select n_l, n_r from declared
) as pair
left join met on met.n_l = pair.n_l and met.n_r = pair.n_r
anti join home_relation as apart on apart.kind = 'apart' and apart.n_l = least(pair.n_l, pair.n_r) and apart.n_r = greatest(pair.n_l, pair.n_r)
