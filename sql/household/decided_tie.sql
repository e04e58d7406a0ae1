-- decided_tie: pairs of people that a person held together or apart. Grain: pair.
select least(l.n, r.n) as n_l, greatest(l.n, r.n) as n_r, decided.decision
from decided_membership as decided
inner join household_person as l on l.person_id = decided.person_id_l
inner join household_person as r on r.person_id = decided.person_id_r
