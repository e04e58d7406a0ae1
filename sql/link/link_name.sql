-- link_name: forenames and surnames, numbered together so that names the wrong way round are told by their numbers. Grain: name.
with name as (
    select forename as name from link_record
    union
    select surname as name from link_record
)
select name, row_number() over (order by name)::integer as n
from name
where name is not null
