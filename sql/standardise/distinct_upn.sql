-- Each UPN as written. Grain: text.
select distinct upn_text
from appearance
where upn_text is not null
