-- review_pair: pairs that a person should settle, values side by side. Grain: pair; those nearest to a link first.
select
    pair.record_id_l,
    pair.record_id_r,
    pair.match_probability,
    pair.levels,
    pair.weights,
    pair.decision,
    l.source as source_l, r.source as source_r,
    l.role as role_l, r.role as role_r,
    l.name_original as name_l, r.name_original as name_r,
    l.birth_date_original as birth_date_l, r.birth_date_original as birth_date_r,
    l.sex as sex_l, r.sex as sex_r,
    l.address_original as address_l, r.address_original as address_r,
    l.postcode as postcode_l, r.postcode as postcode_r
from linked.scored_pair as pair
inner join staging.person_record as l on l.record_id = pair.record_id_l
inner join staging.person_record as r on r.record_id = pair.record_id_r
where pair.outcome = 'review'
order by pair.match_probability desc, pair.record_id_l, pair.record_id_r
limit $most
