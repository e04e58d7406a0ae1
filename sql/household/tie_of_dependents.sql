-- tie_of_dependents: household_tie with dependent_tie, and without what ties children who follow two parents to one another: brothers and sisters do not bring
-- parents who live apart under one roof. Grain: pair.
select tie.n_l, tie.n_r, tie.weight, tie.probability, tie.basis, tie.is_declared
from household_tie as tie
left join followed_parent as l on l.n = tie.n_l
left join followed_parent as r on r.n = tie.n_r
where l.home_n is null or r.home_n is null or l.home_n = r.home_n
union all
select n_l, n_r, weight, probability, basis, is_declared
from dependent_tie
