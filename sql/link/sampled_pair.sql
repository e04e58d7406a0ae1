-- candidate_pair for estimation: pairs that share a key, of a share of the keys. Grain: pair of records, n_l < n_r; or n_l = n_r, what several sources say alike.
with drawn as (
    select n, source_n, key
    from blocking_key
    where hash(key, $seed) % 1000000 < $per_million
),
keyed as (
    select drawn.n, drawn.source_n, drawn.key
    from drawn
    inner join block on block.key = drawn.key
    where block.record_count <= $size_limit
)
select distinct l.n as n_l, r.n as n_r
from keyed as l
inner join keyed as r on r.key = l.key and l.n < r.n
where not $is_link_only or l.source_n <> r.source_n
union all
select distinct drawn.n as n_l, drawn.n as n_r
from drawn
inner join link_record on link_record.n = drawn.n and link_record.said_count > 1
left join block on block.key = drawn.key
where coalesce(block.record_count, 1) <= $size_limit
