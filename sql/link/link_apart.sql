-- link_apart: pairs that must not become one person. Grain: pair of records, n_l < n_r.
-- A person's word comes first; then what a source declares to be two people; then what cannot be (compared_pair's vetoes).
with declared as (
    select least(l.n, r.n) as n_l, greatest(l.n, r.n) as n_r
    from staging.relationship
    inner join link_record as l on l.record_id = relationship.record_id_l
    inner join link_record as r on r.record_id = relationship.record_id_r
    where l.n <> r.n
    union
    select n_l, n_r
    from compared_pair
    where is_vetoed
)
select n_l, n_r
from declared
anti join link_decision as same on same.n_l = declared.n_l and same.n_r = declared.n_r and same.decision = 'same'
union
select n_l, n_r
from link_decision
where decision = 'different'
