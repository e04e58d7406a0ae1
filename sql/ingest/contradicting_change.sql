-- contradicting_change: adds to `contradiction` the rows of one key of which some delete what others state, all of them. Grain: row.
insert into contradiction
select source_row
from checked
inner join delivered using (source_row)
where not list_contains(broken, $duplicate) and source_row not in (select source_row from contradiction)
qualify count(distinct coalesce({marker} = $deleted, false)) over (partition by {key}) > 1
