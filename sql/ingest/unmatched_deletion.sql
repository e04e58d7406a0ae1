-- How many keys a file of changes takes away that the extract before does not have.
select count(*)
from told_key as told
where told.is_deleted and not exists (from {before} as before where {same_key})
