-- Each UPRN as written. Grain: text.
select distinct uprn_text
from appearance
where uprn_text is not null
