-- household_district: the district and the ward of each household that lies in a district. Grain: household placed in a district.
select household_id, district, ward
from household_place
where district is not null
