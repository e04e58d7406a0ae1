-- Each way a name is written, its parts joined. Grain: text.
select distinct name_text
from appearance
