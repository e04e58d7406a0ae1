-- candidate_pair, a share of blocked_pair drawn by hash. Grain: pair of records.
select n_l, n_r
from blocked_pair
where hash(n_l, n_r, $seed) % 1000000 < $per_million
