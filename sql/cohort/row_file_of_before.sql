-- row_file: the file of each extract, of a publication of an earlier version. Grain: extract.
create or replace temp table row_file as
select extract_id, file_name, file_sha256, 0::bigint as rows_before
from audit.extract
