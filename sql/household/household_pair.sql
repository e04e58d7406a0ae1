-- household_pair: two people whose ties are weighed. Grain: pair with n_l < n_r. Address alone proposes a pair, it never joins one.
with neighbour as (
    select l.n as n_l, r.n as n_r, l.dwelling_key
    from resident as l
    inner join resident as r on r.dwelling_key = l.dwelling_key and l.n < r.n
    inner join dwelling_class as c on c.dwelling_key = l.dwelling_key
    where not l.is_partial and not r.is_partial and c.resident_count <= $crowd_limit
),

-- What a source declares counts in any dwelling, and where one of the two has no usable address.
declared as (
    select distinct least(d.n_l, d.n_r) as n_l, greatest(d.n_l, d.n_r) as n_r, coalesce(l.dwelling_key, r.dwelling_key) as dwelling_key
    from household_relation as d
    inner join resident as l on l.n = d.n_l
    inner join resident as r on r.n = d.n_r
    where
        (l.dwelling_key = r.dwelling_key)
        or (d.is_same_address and (l.dwelling_key is null or r.dwelling_key is null))
),

proposed as (
    from neighbour
    union
    from declared
)

select p.n_l, p.n_r, p.dwelling_key, coalesce(c.class, 'private') as class
from proposed as p
left join dwelling_class as c on c.dwelling_key = p.dwelling_key
