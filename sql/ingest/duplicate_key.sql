-- duplicate: rows that say the same as an earlier one of their key, however either is spelt, also in columns that nobody reads. Grain: repeated row.
create or replace temp table duplicate as
with numbered as (
    select source_row, row_number() over (partition by {said} order by source_row) as copy
    from checked
    inner join delivered using (source_row)
    where source_row in (select source_row from repeated)
)
select source_row from numbered where copy > 1
