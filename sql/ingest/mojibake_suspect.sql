-- mojibake_suspect: cells that may be UTF-8 read as Windows-1252. Grain: distinct cell. Whole rows are looked through first, since hits are rare.
with suspect as (
    select unnest([{cells}]) as cell
    from delivered
    where regexp_matches(concat_ws(chr(31), {cells}), $pattern)
)
select distinct cell
from suspect
where regexp_matches(cell, $pattern)
order by cell
