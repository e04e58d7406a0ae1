-- household_district: the district of each household that lies in one. Grain: household placed in a district.
select household_id, district
from household_place
where district is not null
