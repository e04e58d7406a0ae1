-- any_pair: two records side by side, whether or not they are asked about. Grain: pair.
select
    'pair' as kind,
    pair.match_probability as probability,
    case when of_l.person_id = of_r.person_id then 'They are one person now.' else 'They are two people now.' end as why,
    pair.levels,
    pair.weights,
    l.record_id as record_id_l, r.record_id as record_id_r,
    l.source as source_l, r.source as source_r,
    l.role as role_l, r.role as role_r,
    l.name_original as name_l, r.name_original as name_r,
    l.birth_date_original as birth_date_l, r.birth_date_original as birth_date_r,
    l.sex as sex_l, r.sex as sex_r,
    l.address_original as address_l, r.address_original as address_r,
    l.postcode as postcode_l, r.postcode as postcode_r,
    coalesce(l.nino, l.upn) as number_l, coalesce(r.nino, r.upn) as number_r
from staging.person_record as l
inner join staging.person_record as r on r.record_id = $record_id_r
inner join linked.person_record as of_l on of_l.record_id = l.record_id
inner join linked.person_record as of_r on of_r.record_id = r.record_id
left join linked.scored_pair as pair on pair.record_id_l = l.record_id and pair.record_id_r = r.record_id
where l.record_id = $record_id_l
