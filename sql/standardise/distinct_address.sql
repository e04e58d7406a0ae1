-- Each way an address is written, its lines and postcode joined. Grain: text.
select distinct address_text
from appearance
