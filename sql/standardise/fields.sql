-- Columns that Python computed, as one list of texts a column. Grain: one row.
select from_json($fields, '[["varchar"]]') as fields
