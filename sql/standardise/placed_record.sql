-- placed_record: each record's address with its key. Grain: record.
-- The key is the delivered UPRN, else the one the gazetteer gives for the text, else the text itself.
-- Where a flat's number is left out the key is the building's: it places the person as far as the text does, and whoever groups people by it can see so.
with record as (
    select distinct record_id, own_uprn, saon, paon, street, postcode, building, coalesce(unit, '') as unit, kind
    from standard_appearance
),
shared_uprn as (
    select own_uprn
    from record
    where building is not null
    group by own_uprn
    having count(distinct (building, unit)) > $dwellings_per_uprn_maximum
),
uprn_postcode as (
    select own_uprn as uprn, max_by(postcode, (record_count, postcode)) as postcode
    from (select own_uprn, postcode, count(*) as record_count from record where own_uprn is not null and postcode is not null group by all)
    group by own_uprn
),
found as (
    select
        record.*,
        coalesce(
            if(shared_uprn.own_uprn is null, record.own_uprn, null), by_postcode.uprn, by_letter.uprn, if(record.postcode is null, by_street.uprn, null)
        ) as uprn
    from record
    left join shared_uprn on shared_uprn.own_uprn = record.own_uprn
    left join gazetteer as by_postcode
        on by_postcode.place = record.postcode and by_postcode.building = record.building and by_postcode.unit = record.unit
    -- Flat 2 of number 10 is written 10B as well.
    left join gazetteer as by_letter
        on by_letter.place = record.postcode and by_letter.building = record.building
        and by_letter.unit = case
            when record.unit similar to '[A-Z]' then (ascii(record.unit) - 64)::varchar
            when record.unit similar to '[1-9]|1[0-9]|2[0-6]' then chr(64 + record.unit::integer)
        end
    left join gazetteer as by_street
        on by_street.place = record.street and by_street.building = record.building and by_street.unit = record.unit
)
select
    found.record_id,
    if(found.kind = 'care_of', null, found.uprn) as uprn,
    found.saon, found.paon, found.street,
    coalesce(found.postcode, uprn_postcode.postcode) as postcode,
    case
        when found.kind in ('care_of', 'no_fixed_abode') then null
        when found.uprn is not null then found.uprn
        when found.postcode is not null and found.building is not null then concat_ws('|', found.postcode, found.building, found.unit)
    end as address_key,
    if(found.kind = 'unknown' and found.uprn is not null, 'dwelling', found.kind) as kind
from found
left join uprn_postcode on uprn_postcode.uprn = found.uprn
