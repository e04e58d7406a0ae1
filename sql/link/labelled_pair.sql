-- labelled_pair: decided pairs that linkage proposes, with their pattern of levels. Grain: pair; those of whom nobody is sure are left out.
select l.record_id as record_id_l, r.record_id as record_id_r, pair.pattern, decided.decision = 'same' as is_same
from link_decision as decided
inner join compared_pair as pair on pair.n_l = decided.n_l and pair.n_r = decided.n_r
inner join link_record as l on l.n = decided.n_l
inner join link_record as r on r.n = decided.n_r
where decided.decision in ('same', 'different')
