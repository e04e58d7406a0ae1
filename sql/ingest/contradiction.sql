-- contradiction: rows of one typed key that say different things, all of them. Grain: row. Repeats of one that says the same are duplicates.
create or replace temp table contradiction as
select source_row
from checked
where
    source_row in (select source_row from repeated)
    and source_row not in (select source_row from duplicate)
qualify count(*) over (partition by {key}) > 1
