-- placed_record: each record's address with its key. Grain: record.
-- The key is the delivered UPRN, else the one the gazetteer gives for the text, else the text itself.
-- Where a flat's number is left out the key is the building's: it places the person as far as the text does, and whoever groups people by it can see so.
with written as (
    select distinct record_id, own_uprn, saon, paon, street, postcode, building, coalesce(unit, '') as unit, kind
    from standard_appearance
),
shared_uprn as (
    select own_uprn
    from written
    where building is not null
    group by own_uprn
    having count(distinct (building, unit)) > $dwellings_per_uprn_maximum
),
uprn_postcode as (
    select own_uprn, max_by(postcode, (record_count, postcode)) as postcode
    from (select own_uprn, postcode, count(*) as record_count from written where own_uprn is not null and postcode is not null group by all)
    group by own_uprn
),
record as (
    select
        written.* exclude (postcode, own_uprn),
        coalesce(written.postcode, uprn_postcode.postcode, known_postcode.postcode) as postcode,
        if(shared_uprn.own_uprn is null, written.own_uprn, null) as own_uprn
    from written
    left join shared_uprn on shared_uprn.own_uprn = written.own_uprn
    left join uprn_postcode on uprn_postcode.own_uprn = written.own_uprn
    left join known_postcode on known_postcode.street = written.street and known_postcode.building = written.building
),
building_of_flats as (
    select distinct postcode, building
    from record
    where unit <> '' and postcode is not null
),
numbered_building as (
    select distinct postcode, building
    from record
    where unit similar to '[0-9]+' and postcode is not null
),
found as (
    select
        record.*,
        coalesce(record.own_uprn, exact.uprn, respelled.uprn) as uprn,
        -- Flat 2 of number 10 is written 10B as well: where other flats have numbers, a letter is read as one.
        if(
            numbered_building.building is not null and record.unit similar to '[A-Z]', (ascii(record.unit) - 64)::varchar, record.unit
        ) as flat,
        building_of_flats.building is not null and record.unit = '' as is_flat_missing
    from record
    left join gazetteer as exact on exact.postcode = record.postcode and exact.building = record.building and exact.unit = record.unit
    left join gazetteer as respelled
        on respelled.postcode = record.postcode and respelled.building = record.building
        and respelled.unit = case
            when record.unit similar to '[A-Z]' then (ascii(record.unit) - 64)::varchar
            when record.unit similar to '[1-9]|1[0-9]|2[0-6]' then chr(64 + record.unit::integer)
        end
    left join building_of_flats on building_of_flats.postcode = record.postcode and building_of_flats.building = record.building
    left join numbered_building on numbered_building.postcode = record.postcode and numbered_building.building = record.building
)
select
    record_id, saon, paon, street, postcode,
    if(kind in ('care_of', 'no_fixed_abode'), null, uprn) as uprn,
    case
        when kind in ('care_of', 'no_fixed_abode') then null
        when uprn is not null then uprn
        when postcode is not null and building is not null then concat_ws('|', postcode, building, flat)
    end as address_key,
    if(kind = 'unknown' and uprn is not null, 'dwelling', kind) as kind,
    is_flat_missing and uprn is null as is_flat_missing
from found
