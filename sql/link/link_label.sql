-- link_label: where connected components start from: every record is its own. Grain: record.
select n, n as label
from link_record
