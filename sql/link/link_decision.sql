-- link_decision: what people decided about two records of this run. Grain: pair of records, n_l < n_r; decisions on records gone since are left out.
select least(l.n, r.n) as n_l, greatest(l.n, r.n) as n_r, given_decision.decision
from given_decision
inner join link_record as l on l.record_id = given_decision.record_id_l
inner join link_record as r on r.record_id = given_decision.record_id_r
