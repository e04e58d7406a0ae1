-- staging.address_spell. Grain: record x address x first day. A record holds one address, so its spells differ by tenancy only.
select
    record.record_id, record.source, record.address_key, record.uprn, record.postcode, record.saon, record.paon, record.street, record.address_kind,
    appearance.address_from_date as from_date,
    -- Wrapped, since max_by passes over a null: an open end seen last is the answer.
    max_by({day: appearance.address_to_date}, (appearance.seen_date, appearance.source_row)).day as to_date,
    max(appearance.seen_date) as seen_date
from staging.person_record as record
inner join standard_appearance as appearance on appearance.record_id = record.record_id
where record.address_key is not null
group by all
order by record_id, address_key, from_date
