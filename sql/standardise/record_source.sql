-- staging.record_source. Grain: record x extract x source row x role.
select distinct record_id, source, extract_id, source_row, role
from standard_appearance
order by record_id, extract_id, source_row, role
