-- candidate_pair of records with themselves, so many at most. Grain: unit.
select n as n_l, n as n_r
from link_record
order by hash(n)
limit $unit_limit
