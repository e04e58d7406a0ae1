-- mojibake_suspect: cells that may be UTF-8 read as Windows-1252. Grain: distinct cell of a column. Whole rows are looked through first, since hits are rare;
-- and before that their lengths, for a row whose letters are bytes holds none.
with suspect as (
    select
        unnest([{cells}]) as cell,
        unnest(range(len([{cells}]))) as place
    from delivered
    where ({has_wide_letters}) and regexp_matches(concat_ws(chr(31), {cells}), $pattern)
)
select distinct place, cell
from suspect
where regexp_matches(cell, $pattern)
order by place, cell
