-- home_address: the dwelling each address key stands for. Grain: address key.
-- A flat's number left out makes the key partial: it names a building, not a home.
with record as (
    select home_record.* replace (coalesce(meant.meant, home_record.building) as building)
    from home_record
    left join home_building as meant on meant.building = home_record.building
),

place as (
    select
        address_key,
        max(uprn) as uprn,
        -- Of a house and flat in one column and the same apart, the latter is what others can be found by.
        coalesce(max(building) filter (where not contains(paon, '/')), max(building)) as building,
        coalesce(max(saon), '') as saon,
        max(postcode) as postcode,
        max(city) as city,
        coalesce(max(paon) filter (where not contains(paon, '/')), max(paon)) as paon,
        max(street) as street
    from record
    where address_key is not null
    group by address_key
),

-- Streets of several towns, by where most of each street's buildings are; a few elsewhere are slips of the pen.
district as (
    select street, 'postcode' as kind, left(postcode, greatest(length(postcode) - 3, 2)) as district, count(distinct building) as building_count
    from place
    where street is not null and postcode is not null
    group by all
    union all
    select street, 'city', city, count(distinct building)
    from place
    where street is not null and city is not null
    group by all
),

common_street as (
    select distinct street
    from (select street from district group by street, kind having max(building_count) < $one_town_share * sum(building_count))
),

lone_street as (
    select street
    from place
    where street is not null and street not in (from common_street)
    group by street
    having count(coalesce(postcode, city)) > 0 or (select 2 * count(coalesce(postcode, city)) < count(*) from place)
),

-- The one building of the table that has the house and street, if there is but one: who leaves postcode and town out means that.
by_street as (
    select
        street,
        paon,
        coalesce(min(building) filter (where postcode is not null), min(building)) as building,
        min(postcode) as postcode,
        list(distinct city) filter (where postcode is not null and city is not null) as cities,
        count(distinct building) filter (where postcode is not null) <= 1 as is_one_building,
        is_one_building and count(distinct city) <= 1 and street not in (from common_street) as is_one
    from place
    where street is not null and paon is not null and coalesce(postcode, city) is not null
    group by street, paon
),

built as (
    select
        place.address_key,
        place.uprn,
        place.saon,
        coalesce(place.postcode, if(place.city is null and by_street.is_one, by_street.postcode, null)) as postcode,
        place.paon,
        case
            when place.postcode is not null or place.uprn is not null then place.building
            -- Where the towns agree it does not matter that the street is in others too.
            when by_street.is_one_building and list_contains(by_street.cities, place.city) then by_street.building
            when by_street.is_one and (place.city is null or by_street.cities is null) then by_street.building
            else place.building
        end as building
    from place
    left join by_street on by_street.street = place.street and by_street.paon = place.paon
    -- Without postcode and town a house is nowhere where the table has it in two places, or the street in two towns. Where most houses have either, a street
    -- that no other row has is mostly a known one misspelt.
    where
        coalesce(place.postcode, place.city, place.uprn) is not null
        or by_street.is_one
        or (by_street.street is null and not contains(place.paon, '/') and place.street in (from lone_street))
),

by_uprn as (
    select building, saon, min(address_key) as address_key
    from built
    where uprn is not null and building is not null
    group by building, saon
    having count(distinct uprn) = 1
),

first_written as (
    select building, saon, min(address_key) as address_key
    from built
    where building is not null and uprn is null
    group by building, saon
),

flatted as (
    select distinct building from built where saon <> '' and building is not null
),

-- 57/3 is flat 3 of 57, or 57 of 3, where there is one such flat; without the sign it is house 573, which may stand there too.
flat as (
    select postcode, building, saon, paon, unnest([paon || '/' || saon, saon || '/' || paon]) as slashed
    from built
    where saon <> '' and postcode is not null
),

joined as (
    select built.address_key, min(flat.building) as building, min(flat.saon) as saon, min(flat.paon) as paon
    from built
    inner join flat on flat.postcode = built.postcode and flat.slashed = built.paon
    where built.saon = '' and built.uprn is null
    group by built.address_key
    having min(flat.building) = max(flat.building) and min(flat.saon) = max(flat.saon)
),

whole as (
    select
        built.address_key,
        built.uprn,
        coalesce(joined.building, built.building) as building,
        coalesce(joined.paon, built.paon) as paon,
        coalesce(joined.saon, built.saon) as saon
    from built
    left join joined on joined.address_key = built.address_key
)

select
    whole.address_key,
    if(whole.uprn is null, coalesce(by_uprn.address_key, first_written.address_key, whole.address_key), whole.address_key) as dwelling_key,
    whole.building,
    whole.paon,
    whole.uprn is null and whole.saon = '' and flatted.building is not null as is_partial
from whole
left join by_uprn on by_uprn.building = whole.building and by_uprn.saon = whole.saon
left join first_written on first_written.building = whole.building and first_written.saon = whole.saon
left join flatted on flatted.building = whole.building
