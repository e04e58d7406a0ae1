-- row_file: the files whose rows stand in a source's table, of the publication. Grain: extract x file.
create or replace temp table row_file as
select extract_id, file_name, file_sha256, rows_before
from audit.extract_file
where rows_before is not null
