-- as_date_or_serial(x, formats): as as_date; five digits are the days since 30 December 1899, Excel's way to keep a date.
create or replace temp macro as_date_or_serial(x, formats) as
    coalesce(
        as_date(x, formats),
        case when regexp_full_match(x, '\d{5}(\.\d+)?') then date '1899-12-30' + floor(try_cast(x as double))::integer end
    )
