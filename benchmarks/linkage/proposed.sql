-- grain: one row. True pairs that some rule proposes or that say exactly the same (one unit, compared with nothing), and all true pairs.
with person as (
    select unit.n, unit.source, given.person_id
    from people_unit as unit
    inner join read_parquet($records) as given on given.record_id = unit.record_id
),
numbered as (
    select n, source, person_id, row_number() over (order by n, source) as place
    from person
),
true_pair as (
    select least(l.n, r.n) as n_l, greatest(l.n, r.n) as n_r
    from numbered as l
    inner join numbered as r on r.person_id = l.person_id and l.place < r.place
    where not $across_sources or l.source <> r.source
)
select count(*) filter (where true_pair.n_l = true_pair.n_r or candidate_pair.n_l is not null), count(*)
from true_pair
left join candidate_pair on candidate_pair.n_l = true_pair.n_l and candidate_pair.n_r = true_pair.n_r
