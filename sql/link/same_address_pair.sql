-- candidate_pair for estimation: pairs at one dwelling. Grain: pair; crowded and shared addresses are left out, being no households.
with dwelling as (
    select address_key
    from link_record
    where address_key is not null and not is_shared_address
    group by address_key
    having count(*) between 2 and 30 and hash(address_key, $seed) % 1000 < $per_mille
)
select l.n as n_l, r.n as n_r
from dwelling
inner join link_record as l on l.address_key = dwelling.address_key
inner join link_record as r on r.address_key = dwelling.address_key and l.n < r.n
