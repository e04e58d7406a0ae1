-- candidate_pair: pairs that some rule proposes. Grain: pair of records, n_l < n_r, with the first rule that proposed it. In order, so that comparing fetches each left side once.
select n_l, n_r, min(position) as position
from proposed_pair
group by n_l, n_r
order by n_l
