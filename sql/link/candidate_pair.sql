-- candidate_pair: pairs that some rule proposes. Grain: pair of records, n_l < n_r, with the first rule that proposed it.
select n_l, n_r, min(position) as position
from proposed_pair
group by n_l, n_r
