-- duplicate: rows that repeat an earlier one in every cell. Grain: repeated row. The hash only finds suspects; cells decide.
create or replace temp table duplicate as
with sketched as (
    select source_row, hash({cells}) as sketch from delivered
),
suspect as (
    select source_row from sketched
    qualify count(*) over (partition by sketch) > 1
),
numbered as (
    select source_row, row_number() over (partition by {cells} order by source_row) as copy
    from delivered
    where source_row in (select source_row from suspect)
)
select source_row from numbered where copy > 1
