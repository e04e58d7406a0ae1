-- told_key: the keys a file of changes tells of, and whether it takes their rows away. Grain: key.
create or replace temp table told_key as
select {key}, bool_and(coalesce({change_type} = $deleted, false)) as is_deleted
from {change}
group by {key}
