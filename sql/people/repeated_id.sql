-- Records that repeat the id of another in their source: how many, and where the first such pair stands. Grain: one row, none where ids are unique.
with id as (
    select source, record_id, count(*) as record_count, min((file_n, file_row)) as first_place, max((file_n, file_row)) as last_place
    from people_given
    group by source, record_id
    having count(*) > 1
)
select sum(record_count - 1)::bigint as repeat_count, min(first_place)[1], min(first_place)[2], arg_min(last_place, first_place)[1], arg_min(last_place, first_place)[2]
from id
having count(*) > 0
