-- people_given: the columns that the model file names, as text. Grain: row of a file; given_n numbers the rows of all files. A skeleton: pipelines.people_files fills it.
select
    ($offset + row_number() over ())::integer as given_n,
    {record_id} as record_id,
    {source} as source,
    {role} as source_role,
    {columns}
from {reader}($path{options})
