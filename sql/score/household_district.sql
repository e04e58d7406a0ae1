-- household_district: the district of each household, by the postcode sector of its address. Grain: household placed in a district.
select household.household_id, place.district
from linked.household as household
inner join place on place.sector = left(household.postcode, length(household.postcode) - 2)
where place.district is not null
