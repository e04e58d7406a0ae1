-- Each way an address is written, its lines and postcode joined, by partners and by the council's gazetteer. Grain: text.
select address_text
from appearance
union
select address_text
from gazetteer_row
