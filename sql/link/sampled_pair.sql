-- candidate_pair for estimation: pairs that share a key, of a share of the keys. Grain: pair of records, n_l < n_r.
with keyed as (
    select blocking_key.n, blocking_key.source_n, blocking_key.key
    from blocking_key
    inner join block on block.key = blocking_key.key
    where block.record_count <= $size_limit and hash(block.key, $seed) % 1000000 < $per_million
)
select distinct l.n as n_l, r.n as n_r
from keyed as l
inner join keyed as r on r.key = l.key and l.n < r.n
where not $is_link_only or l.source_n <> r.source_n
