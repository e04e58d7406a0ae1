-- contradiction: rows of one key of which some delete what others state, all of them. Grain: row.
create or replace temp table contradiction as
select source_row
from delivered
where source_row not in (select source_row from duplicate)
qualify count(distinct coalesce(list_contains($deleting, upper(tidy({marker}))), false)) over (partition by {key}) > 1
