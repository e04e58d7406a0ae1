-- gazetteer_address: how each UPRN's address is written, the approved way where there are several. Grain: UPRN.
select uprn, saon, paon, street, postcode, building
from gazetteer_place
where is_own_number
qualify row_number() over (partition by uprn order by not is_approved, postcode, street, paon, saon) = 1
