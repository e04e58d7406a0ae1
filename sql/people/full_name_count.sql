-- full_name_count: how many people of each whole name there seem to be. Grain: whole name.
-- They are counted by address, and by date of birth with a share of the addresses that only records without one give; the fewer counts, since one person moves,
-- or has a date written wrong, but seldom both. The share, of people no source has a date for, shows in names that are rare.
with place as (
    select
        forename,
        surname,
        coalesce(address_key, said) as place,
        bool_or(birth_number is not null) as is_dated
    from people_record
    where forename is not null and surname is not null
    group by all
),
place_count as (
    select forename, surname, count(*) as place_count, count_if(not is_dated) as undated_count, bool_or(is_dated) as is_any_dated
    from place
    group by forename, surname
),
birth as (
    select forename, surname, count(distinct birth_number) as birth_count
    from people_record
    where forename is not null and surname is not null
    group by forename, surname
),
undated as (
    select coalesce(sum(undated_count) filter (not is_any_dated) / nullif(sum(undated_count), 0), 1) as share
    from place_count
    where place_count <= $rare_name_places
)
select
    place_count.forename,
    place_count.surname,
    greatest(least(place_count.place_count, birth.birth_count + place_count.undated_count * undated.share), 1) as address_count
from place_count
inner join birth on birth.forename = place_count.forename and birth.surname = place_count.surname
cross join undated
