-- as_date_or_serial(x, formats, day_zero): as as_date; five digits are the days since day_zero, a spreadsheet's way to keep a date.
-- Its time of day, a fraction, may stand behind a decimal comma.
create or replace temp macro as_date_or_serial(x, formats, day_zero) as
    coalesce(
        as_date(x, formats),
        case when regexp_full_match(x, '\d{5}([.,]\d+)?') then day_zero + left(x, 5)::integer end
    )
