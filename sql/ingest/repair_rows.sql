-- repair_rows: repaired values of an attached extract, before and after. Grain: accepted row x column x rule.
from delivered.extract.repair
order by source_row, column_name, rule
