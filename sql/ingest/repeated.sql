-- repeated: rows that may repeat an earlier one, or contradict it. Grain: suspected row. The hash only finds suspects.
create or replace temp table repeated as
with sketched as (
    select hash({sketched}) as sketch
    from delivered
    group by sketch
    having count(*) > 1
)
select source_row
from delivered
where hash({sketched}) in (select sketch from sketched)
