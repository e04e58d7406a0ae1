-- gone: rows of the extract before that stand no more, since the file of changes tells of their key. Grain: row.
create or replace temp table gone as
select before.source_row, told.is_deleted
from {before} as before
inner join told_key as told on {same_key}
