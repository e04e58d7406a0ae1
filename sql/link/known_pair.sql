-- How alike pairs were found by the run before that are candidates again, both records unchanged. Grain: candidate pair.
with same as (
    select earlier.n as earlier_n, record.n
    from earlier.carried.compared_record as earlier
    inner join record_fingerprint as record on record.fingerprint = earlier.fingerprint
),
again as (
    select l.n as n_l, r.n as n_r, pair.pattern, pair.is_vetoed
    from earlier.carried.compared_pair as pair
    inner join same as l on l.earlier_n = pair.n_l
    inner join same as r on r.earlier_n = pair.n_r
)
select again.*
from again
semi join candidate_pair as pair on pair.n_l = again.n_l and pair.n_r = again.n_r
