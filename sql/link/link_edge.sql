-- link_edge: pairs that speak for one person. Grain: pair of records, n_l < n_r. A person's "same" outweighs every computed weight;
-- where a person looked and was unsure, the computed weight does not decide either.
select pair.n_l, pair.n_r, pair.match_weight as weight
from link_scored_pair as pair
anti join link_apart as apart on apart.n_l = pair.n_l and apart.n_r = pair.n_r
anti join link_decision as decided on decided.n_l = pair.n_l and decided.n_r = pair.n_r
where pair.match_probability >= $link_probability
union all by name
select n_l, n_r, $decided_weight as weight
from link_decision
where decision = 'same'
