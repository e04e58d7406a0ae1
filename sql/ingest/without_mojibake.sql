-- without_mojibake(x): the cell as it was meant.
create or replace temp macro without_mojibake(x) as
    coalesce((select mojibake.after from mojibake where mojibake.before = x), x)
