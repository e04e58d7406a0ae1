-- contradiction: rows of one key that say different things, all of them. Grain: row. Repeats to the letter are duplicates, not contradictions.
create or replace temp table contradiction as
select source_row
from delivered
where
    source_row in (select source_row from repeated)
    and source_row not in (select source_row from duplicate)
qualify count(*) over (partition by {key}) > 1
