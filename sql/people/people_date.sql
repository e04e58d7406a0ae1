-- people_date: what each text of a date means, as the number yyyymmdd. Grain: text. Dates that no calendar has are kept, since one digit may be wrong.
with text as (
    select distinct birth_date as text
    from people_given
    where birth_date is not null
),
part as (
    select
        text,
        regexp_extract(text, '^([0-9]{4})[^0-9]?([0-9]{2})[^0-9]?([0-9]{2})([^0-9].*)?$', ['y', 'm', 'd']) as iso,
        regexp_extract(text, '^([0-9]{1,2})[^0-9A-Za-z]([0-9]{1,2})[^0-9A-Za-z]([0-9]{4}|[0-9]{2})([^0-9].*)?$', ['a', 'b', 'y']) as written,
        regexp_extract(text, '^[0-9]{4}$') as year_only,
        coalesce(
            {formats}
            try_strptime(text, ['%d %b %Y', '%d %B %Y', '%d-%b-%Y', '%b %d, %Y', '%B %d, %Y', '%d%b%Y'])
        ) as spelled
    from text
),
read as (
    select
        text,
        strftime(spelled, '%Y%m%d')::integer as spelled,
        try_cast(iso.y || iso.m || iso.d as integer) as iso,
        try_cast(year_only as integer) as year_only,
        try_cast(if($is_day_first, written.a, written.b) as integer) as day,
        try_cast(if($is_day_first, written.b, written.a) as integer) as month,
        -- Of two digits the year is the latest that is not to come.
        try_cast(written.y as integer) + case when length(written.y) = 4 then 0 when try_cast(written.y as integer) > $year % 100 then $year // 100 * 100 - 100
            else $year // 100 * 100 end as year
    from part
),
number as (
    select text, coalesce(spelled, iso, year_only * 10000 + 101, year * 10000 + month * 100 + day) as birth_number, year_only is not null as is_year_only
    from read
)
select text, if(birth_number = 19000101 or birth_number < 10000000, null, birth_number) as birth_number, is_year_only
from number
