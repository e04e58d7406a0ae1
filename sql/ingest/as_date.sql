-- as_date(x, formats): the day by the first format that fits, or null. 24:00 is a time of the same day; a year of two digits is no year.
-- Seven digits or fewer are no date: %Y%m%d would read 1998021 as 1 February.
create or replace temp macro as_date(x, formats) as
    list_filter(
        [case when not regexp_full_match(x, '\d{1,7}') then try_strptime(replace(x, ' 24:00', ' 00:00'), formats)::date end],
        lambda day: day between date '1850-01-01' and date '2200-12-31'
    )[1]
