-- grain: record. The product's standardised records in the benchmark's columns, with the true person; records without a known one are left out.
select
    r.record_id,
    r.source,
    r.role,
    r.forename,
    r.middle_names,
    r.surname,
    r.former_surname,
    r.birth_date::varchar as birth_date,
    r.sex,
    r.nino,
    r.upn,
    r.uprn,
    nullif(concat_ws(' ', r.saon, r.paon), '') as house,
    r.street,
    r.postcode,
    r.address_key,
    t.true_person_id as person_id
from staging.person_record r
join true_record t using (record_id)
order by md5(r.record_id)
