-- The latest day that the rows speak of, and the day of the extract before.
select
    (select max({column}) from {table}),
    (select as_at_date from delivered.extract.receipt)
