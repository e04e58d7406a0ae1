-- crowd: addresses of too many people to be one household's. Grain: address.
select address_key
from people_record
where address_key is not null
group by address_key
having count(*) > $crowd_size and count(distinct surname) > $crowd_surnames
