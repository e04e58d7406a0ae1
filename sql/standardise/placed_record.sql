-- placed_record: each record's address with its key. Grain: record.
-- The key is the UPRN that the council's gazetteer gives for the text, else the delivered one, else the one learnt of the text, else the text itself.
-- Where a flat's number is left out the key is the building's: it places the person as far as the text does, and whoever groups people by it can see so.
with appeared as (
    select distinct record_id, own_uprn, saon, paon, street, postcode, building, coalesce(unit, '') as unit, kind
    from standard_appearance
),
-- Without a gazetteer nothing is matched, no UPRN is known of, and these are the records as they appeared.
written as (
    select
        appeared.record_id, appeared.kind, appeared.unit,
        -- A building's number is nobody's home. A text that is another home to the letter outweighs the number beside it, which a person looked up.
        if(own.place_use = 'building' or (matched.match_round = 'exact' and matched.uprn <> appeared.own_uprn), null, appeared.own_uprn) as own_uprn,
        matched.uprn as matched_uprn,
        matched.match_round,
        coalesce(place.saon, if(place.uprn is null, appeared.saon, null)) as saon,
        coalesce(place.paon, appeared.paon) as paon,
        coalesce(place.street, appeared.street) as street,
        coalesce(place.postcode, appeared.postcode) as postcode,
        coalesce(place.building, appeared.building) as building
    from appeared
    left join matched_address as matched
        on matched.building = appeared.building and matched.unit = appeared.unit
        and matched.postcode is not distinct from appeared.postcode and matched.street is not distinct from appeared.street
        and appeared.kind in ('dwelling', 'communal')
    left join gazetteer_address as place on place.uprn = matched.uprn
    left join gazetteer_use as own on own.uprn = appeared.own_uprn
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
        coalesce(record.own_uprn, record.matched_uprn, if(record.match_round = 'building', null, coalesce(exact.uprn, respelled.uprn))) as uprn,
        -- Flat 2 of number 10 is written 10B as well: where other flats have numbers, a letter is read as one.
        if(
            numbered_building.building is not null and record.unit similar to '[A-Z]', (ascii(record.unit) - 64)::varchar, record.unit
        ) as flat,
        coalesce(record.match_round = 'building', false) as is_building,
        building_of_flats.building is not null and record.unit = '' as is_flat_missing
    from record
    left join learnt_uprn as exact on exact.postcode = record.postcode and exact.building = record.building and exact.unit = record.unit
    left join learnt_uprn as respelled
        on respelled.postcode = record.postcode and respelled.building = record.building
        and respelled.unit = case
            when record.unit similar to '[A-Z]' then (ascii(record.unit) - 64)::varchar
            when record.unit similar to '[1-9]|1[0-9]|2[0-6]' then chr(64 + record.unit::integer)
        end
    left join building_of_flats on building_of_flats.postcode = record.postcode and building_of_flats.building = record.building
    left join numbered_building on numbered_building.postcode = record.postcode and numbered_building.building = record.building
),
classed as (
    select
        found.*,
        gazetteer_use.class_code,
        gazetteer_use.parent_uprn,
        case
            when found.kind in ('care_of', 'no_fixed_abode') then found.kind
            when found.uprn is null and found.is_building then 'building'
            when gazetteer_use.place_use = 'home' then 'dwelling'
            when gazetteer_use.place_use in ('hmo', 'communal') then gazetteer_use.place_use
            -- Whoever gives an office's address, or a surgery's, is written to there and lives elsewhere.
            when gazetteer_use.place_use = 'not_a_home' then 'care_of'
            when found.kind = 'unknown' and found.uprn is not null then 'dwelling'
            else found.kind
        end as place_kind
    from found
    left join gazetteer_use on gazetteer_use.uprn = found.uprn
)
select
    record_id, saon, paon, street, postcode,
    if(place_kind in ('care_of', 'no_fixed_abode'), null, uprn) as uprn,
    case
        when place_kind in ('care_of', 'no_fixed_abode') then null
        when uprn is not null then uprn
        when postcode is not null and building is not null then concat_ws('|', postcode, building, flat)
    end as address_key,
    place_kind as kind,
    (is_flat_missing or is_building) and uprn is null as is_flat_missing,
    uprn as known_uprn, class_code, parent_uprn,
    if(uprn = own_uprn, 'delivered', match_round) as match_round
from classed
