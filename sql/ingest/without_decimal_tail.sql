-- without_decimal_tail(x): a reference number without the noughts that a spreadsheet or data frame hung on it: 100023336956.0.
create or replace temp macro without_decimal_tail(x) as
    case when regexp_full_match(x, '\d+\.0+') then split_part(x, '.', 1) else x end
