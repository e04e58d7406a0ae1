-- rejection_rows: rejected rows of an attached extract with their values. Grain: rejected row x broken rule.
from delivered.extract.rejected
order by source_row, rule, column_name
