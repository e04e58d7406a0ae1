-- accepted: rows that keep every rule, in the file's order. Grain: row of the delivered file.
-- A set's marks are millions and stand as they were read, which is that order; sorting them again would take longer than checking them.
select * exclude (broken, repairs){file_number}
from checked
where len(broken) = 0
{in_order}
