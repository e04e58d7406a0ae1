-- people_given: the columns that the model file names, as text. Grain: row of a file. A skeleton: pipelines.people_input puts in columns and reader.
select
    row_number() over () as file_row,
    $file_n::integer as file_n,
    {record_id} as record_id,
    {source} as source,
    {columns}
from {reader}($path{options})
