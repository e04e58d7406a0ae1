-- gazetteer_place: each address of the gazetteer split as records' are, under its number and under its name. Grain: UPRN x address x number or name.
with split as (
    select distinct
        gazetteer_row.uprn, gazetteer_row.is_approved,
        address.saon, address.paon, address.street, address.postcode, address.building, address.building_name, coalesce(address.unit, '') as unit
    from gazetteer_row
    inner join carried.standard_address as address on address.text = gazetteer_row.address_text
    where gazetteer_row.uprn is not null and address.building is not null
),
both_ways as (
    select * exclude (building_name), true as is_own_number from split
    union all
    select * exclude (building_name) replace (building_name as building), false from split where building_name is not null
)
select both_ways.*, gazetteer_use.place_use, left(both_ways.postcode, length(both_ways.postcode) - 2) as sector
from both_ways
inner join gazetteer_use on gazetteer_use.uprn = both_ways.uprn
