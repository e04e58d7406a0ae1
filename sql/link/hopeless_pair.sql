-- hopeless_pair: pairs that need no closer look: they speak against one person. Grain: pair of records; the weight is the most it could be.
select n_l, n_r, pattern, match_weight, is_vetoed
from glanced_pair
where not is_hopeful
