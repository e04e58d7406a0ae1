-- How many distinct whole names and addresses could be read. Grain: one row.
select
    (from people_full_name select count(coalesce(forename, surname))) as name_count,
    (from people_address select count(coalesce(saon, paon, street, postcode))) as address_count
