-- standing: rows of the extract before that the file of changes leaves as they are. Grain: row.
select before.*
from {before} as before
anti join gone using (source_row)
order by before.source_row
