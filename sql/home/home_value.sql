-- A column of the model file's households section, its dates read. Grain: record that has a value.
select given_n, coalesce(try_cast(value as date), try_strptime(value, $formats)::date) as value
from {table}
