-- proposed_pair: pairs of one rule's blocks. Grain: pair of records, n_l < n_r; a record may meet another under several keys.
with keyed as (
    select blocking_key.n, blocking_key.source_n, blocking_key.key
    from blocking_key
    inner join block on block.key = blocking_key.key
    where block.record_count <= $size_limit
)
select l.n as n_l, r.n as n_r, $position as position
from keyed as l
inner join keyed as r on r.key = l.key and l.n < r.n
where not $is_link_only or l.source_n <> r.source_n
