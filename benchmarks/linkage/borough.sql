-- grain: record. The product's standardised records in the benchmark's columns, with the true person and household; records without a known one are left out.
-- What the sources declare stands as ids of other records: parents at the same address, partners of an award, and others of a tenancy or a school's list.
with declared as (
    select
        record_id_r as record_id,
        string_agg(record_id_l, ';' order by record_id_l) filter (where relationship_type = 'parent_of') as parents,
        string_agg(record_id_l, ';' order by record_id_l) filter (where relationship_type = 'partner_of') as partners,
        string_agg(record_id_l, ';' order by record_id_l) filter (where relationship_type not in ('parent_of', 'partner_of')) as kin
    from staging.relationship
    where is_same_address
    group by record_id_r
)
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
    s.seen_date::varchar as seen_date,
    s.to_date::varchar as to_date,
    s.address_kind,
    d.parents,
    d.partners,
    d.kin,
    t.true_person_id as person_id,
    -- Who lives in a hostel or a shared house has no household of one's own that could be told.
    if(h.kind = 'private', t.true_household_id, null) as household_id
from staging.person_record r
join true_record t using (record_id)
join true_household h on h.household_id = t.true_household_id
left join declared d using (record_id)
left join (
    select record_id, unnest(max_by({seen_date: seen_date, to_date: to_date, address_kind: address_kind}, (seen_date, address_key)))
    from staging.address_spell
    group by record_id
) s using (record_id)
order by md5(r.record_id)
