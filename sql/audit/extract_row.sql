-- Grain: row of the extract attached as `delivered` that evidence points at.
select $extract_id as extract_id, source_row
from query_table($delivered)
semi join cohort.evidence using (source_row)
