-- Records that repeat the id of another in their source: how many, and where the first such pair stands. Grain: one row, none where ids are unique.
with id as (
    select count(*) as record_count, min(given_n) as first_n, max(given_n) as last_n
    from people_given
    group by source, record_id
    having count(*) > 1
)
select sum(record_count - 1)::bigint as repeat_count, min(first_n) as first_n, arg_min(last_n, first_n) as second_n
from id
having count(*) > 0
