-- block: the records that share a key. Grain: key; blocks of one record bring nothing and are left out.
select key, count(*)::integer as record_count
from blocking_key
group by key
having count(*) > 1
