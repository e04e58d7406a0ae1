-- household_place: ward, district and cluster of each household, and what the ward rests on: the most precise place that wards.csv has. Grain: household.
-- A district that wards.csv tells goes before that of the postcode's sector, since a sector may lie across a boundary. A place nobody knows has no ward.
with home as (
    select household_id, uprn, postcode, left(postcode, length(postcode) - 2) as sector
    from linked.household
)
select
    home.household_id,
    coalesce(by_uprn.ward, by_postcode.ward, by_sector.ward) as ward,
    coalesce(by_uprn.district, by_postcode.district, by_sector.district, place.district) as district,
    place.cluster,
    case
        when by_uprn.ward is not null then 'uprn'
        when by_postcode.ward is not null then 'postcode'
        when by_sector.ward is not null then 'sector'
        when not exists (from ward_place) then 'no_table'
        when home.uprn is null and home.postcode is null then 'no_address'
        else 'not_in_table'
    end as basis_of_ward
from home
left join ward_place as by_uprn on by_uprn.kind = 'uprn' and by_uprn.place = home.uprn
left join ward_place as by_postcode on by_postcode.kind = 'postcode' and by_postcode.place = home.postcode
left join ward_place as by_sector on by_sector.kind = 'sector' and by_sector.place = home.sector
left join place on place.sector = home.sector
