-- Each NINO as written. Grain: text.
select distinct nino_text
from appearance
where nino_text is not null
