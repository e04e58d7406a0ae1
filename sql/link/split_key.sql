-- blocking_key, its crowded blocks split: by each of the further parts in turn. Grain: record x key. A skeleton: matching.blocking puts in the parts.
with crowded as (
    select blocking_key.n, blocking_key.source_n, blocking_key.key, unnest([{parts}]) as further
    from blocking_key
    inner join block on block.key = blocking_key.key
    inner join link_record on link_record.n = blocking_key.n
    where block.record_count > $size_limit
)
select blocking_key.n, blocking_key.source_n, blocking_key.key
from blocking_key
inner join block on block.key = blocking_key.key
where block.record_count <= $size_limit
union all
select n, source_n, hash(key, further) as key
from crowded
where further is not null
