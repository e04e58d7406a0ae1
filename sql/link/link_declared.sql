-- link_declared: what a source itself declares to be two people: a parent and a child of one name, partners, joint tenants. Grain: pair, n_l < n_r.
select distinct least(l.n, r.n) as n_l, greatest(l.n, r.n) as n_r
from staging.relationship
inner join link_record as l on l.record_id = relationship.record_id_l
inner join link_record as r on r.record_id = relationship.record_id_r
where l.n <> r.n
