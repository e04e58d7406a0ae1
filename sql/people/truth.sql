-- people_truth: the true person of each record that has one. Grain: row of a file. A skeleton: pipelines.people_input fills it.
with given as (
    select ($offset + row_number() over ())::integer as given_n, {record_id} as record_id, {source} as source, {person} as true_person
    from {reader}($path{options})
)
select *
from given
where true_person is not null
