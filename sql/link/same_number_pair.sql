-- candidate_pair for estimation: pairs of one National Insurance or pupil number, in whichever sources. Grain: pair.
with numbered as (
    select n, unnest([nino, upn]) as number
    from link_record
)
select l.n as n_l, r.n as n_r
from numbered as l
inner join numbered as r on r.number = l.number and l.n < r.n
where hash(l.number, $seed) % 1000 < $per_mille
