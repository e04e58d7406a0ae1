-- as_date_or_serial(x, formats): as as_date; five digits are the days since 30 December 1899, Excel's way to keep a date.
-- Its time of day, a fraction, may stand behind a decimal comma.
create or replace temp macro as_date_or_serial(x, formats) as
    coalesce(
        as_date(x, formats),
        case when regexp_full_match(x, '\d{5}([.,]\d+)?') then date '1899-12-30' + left(x, 5)::integer end
    )
