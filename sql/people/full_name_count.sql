-- full_name_count: at how many addresses each whole name is found; without an address, how many records differ. Grain: forename x surname found at several.
with place as (
    select distinct forename, surname, coalesce(address_key, said) as place
    from people_record
    where forename is not null and surname is not null
)
select forename, surname, count(*) as address_count
from place
group by forename, surname
having count(*) > 1
