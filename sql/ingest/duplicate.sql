-- duplicate: rows that repeat an earlier one in every cell. Grain: repeated row.
create or replace temp table duplicate as
with numbered as (
    select source_row, row_number() over (partition by {cells} order by source_row) as copy
    from delivered
    where source_row in (select source_row from repeated)
)
select source_row from numbered where copy > 1
