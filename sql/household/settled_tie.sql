-- settled_tie: household_tie with what people decided on top: no tie between those held apart, a certain one between those held together. Grain: pair.
select tie.n_l, tie.n_r, tie.weight, tie.probability, tie.basis, tie.is_declared
from household_tie as tie
anti join decided_tie as decided on decided.n_l = tie.n_l and decided.n_r = tie.n_r
union all
select n_l, n_r, $decided_weight, 1, 'decision', true
from decided_tie
where decision = 'belongs'
