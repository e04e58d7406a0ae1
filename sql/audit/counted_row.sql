-- Grain: extract attached as `delivered`, with the rows that are really there of its main file.
with rejected as (
    from delivered.extract.rejected
    union all by name
    select null::varchar as file_name where false
)
select
    $source as source,
    (select count(distinct source_row) from query_table($delivered)) as standing_count,
    (
        select count(distinct rejected.source_row)
        from rejected
        inner join delivered.extract.receipt as receipt on receipt.file_name = coalesce(rejected.file_name, receipt.file_name)
    ) as rejected_count
