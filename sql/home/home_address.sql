-- home_address: the dwelling each address key stands for. Grain: address key.
-- A flat's number left out makes the key partial: it names a building, not a home.
with place as (
    select
        address_key,
        max(uprn) as uprn,
        max(building) as building,
        coalesce(max(saon), '') as saon,
        max(postcode) as postcode,
        max(paon) as paon,
        max(street) as street
    from home_record
    where address_key is not null
    group by address_key
),

-- House and street without a postcode, where only one building of the table has both.
by_street as (
    select street, paon, min(building) as building
    from place
    where postcode is not null and street is not null and paon is not null
    group by street, paon
    having count(distinct building) = 1
),

built as (
    select
        place.address_key,
        place.uprn,
        place.saon,
        place.postcode,
        place.paon,
        if(place.postcode is null and place.uprn is null, coalesce(by_street.building, place.building), place.building) as building
    from place
    left join by_street on by_street.street = place.street and by_street.paon = place.paon
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

-- 57/3 is flat 3 of 57, where there is such a flat; the sign is gone by now.
flat as (
    select postcode, building, saon, paon, unnest([paon || saon, saon || paon]) as run_together
    from built
    where saon <> '' and postcode is not null
),

joined as (
    select built.address_key, min(flat.building) as building, min(flat.saon) as saon, min(flat.paon) as paon
    from built
    inner join flat on flat.postcode = built.postcode and flat.run_together = built.paon
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
