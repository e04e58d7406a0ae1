-- accepted: rows that keep every rule, in the file's order. Grain: row of the delivered file.
select * exclude (broken, repairs){file_number}
from checked
where len(broken) = 0
order by source_row
