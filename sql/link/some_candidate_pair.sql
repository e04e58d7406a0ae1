-- candidate_pair, a share of it drawn by hash. Grain: pair of records.
select n_l, n_r
from candidate_pair
where hash(n_l, n_r, $seed) % 1000000 < $per_million
