-- One further column of the files, read after everything is linked: the true person, or a group to report by. Grain: row of a file.
-- A skeleton: pipelines.people_files fills it.
with given as (
    select ($offset + row_number() over ())::integer as given_n, {record_id} as record_id, {source} as source, {value} as value
    from {reader}($path{options})
)
select *
from given
where value is not null
