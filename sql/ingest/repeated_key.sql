-- repeated: rows whose typed key another row has too. Grain: suspected row. The hash only finds suspects, so that few rows are compared by their keys.
create or replace temp table repeated as
with sketched as (
    select hash({key}) as sketch
    from checked
    where {is_told}
    group by sketch
    having count(*) > 1
)
select source_row
from checked
where {is_told} and hash({key}) in (select sketch from sketched)
