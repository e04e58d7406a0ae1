-- candidate_pair: pairs that some rule proposes. Grain: pair of records, n_l < n_r, with the first rule that proposed it.
with keyed as (
    select blocking_key.n, blocking_key.key, block.position
    from blocking_key
    inner join block on block.rule = blocking_key.rule and block.key = blocking_key.key
    where not block.is_refused
)
select l.n as n_l, r.n as n_r, min(l.position) as position
from keyed as l
inner join keyed as r on r.key = l.key and r.position = l.position and l.n < r.n
group by l.n, r.n
