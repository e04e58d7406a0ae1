-- Grain: extract attached as `delivered`, with the rows that are really there.
select
    $source as source,
    (select count(*) from query_table($delivered)) as accepted_count,
    (select count(distinct source_row) from delivered.extract.rejected) as rejected_count
