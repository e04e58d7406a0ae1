-- undated_pair: pairs of one rule's larger blocks of which a side has no date of birth. Grain: pair of records, n_l < n_r; a record may meet another under several keys.
with keyed as materialized (
    select blocking_key.n, blocking_key.source_n, blocking_key.key, link_record.birth_number is null as is_undated
    from blocking_key
    inner join block on block.key = blocking_key.key
    inner join link_record on link_record.n = blocking_key.n
    where block.record_count > $whole_limit and block.record_count <= $undated_limit
)
select least(undated.n, other.n) as n_l, greatest(undated.n, other.n) as n_r, $position as position
from keyed as undated
inner join keyed as other on other.key = undated.key and other.n <> undated.n
-- Of two undated records each would find the other.
where undated.is_undated and (not other.is_undated or undated.n < other.n) and (not $is_link_only or undated.source_n <> other.source_n)
