-- candidate_pair, those left that a closer look may bring to the review threshold or to a household. Grain: pair of records.
select n_l, n_r
from glanced_pair
where is_hopeful
