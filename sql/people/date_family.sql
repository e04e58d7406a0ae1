-- How many distinct dates can be read in each order of day, month and year. Grain: order; the best is first, day before month among equals.
with text as (
    select distinct birth_date as text
    from people_given
    where birth_date is not null
),
part as (
    select regexp_extract_all(text, '[0-9]+')::integer[] as numbers
    from text
    where regexp_full_match(text, '[0-9]{1,2}[^0-9A-Za-z][0-9]{1,2}[^0-9A-Za-z]([0-9]{2}|[0-9]{4})([^0-9].*)?')
)
select unnest(['dmy', 'mdy']) as family, unnest([count_if(numbers[2] between 1 and 12), count_if(numbers[1] between 1 and 12)]) as date_count
from part
order by date_count desc, family
