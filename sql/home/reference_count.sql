-- How many ids each kind of relationship names, and how many of them are those of a record. Grain: kind.
with reference as (
    select kind, unnest(string_split_regex(trim(value), '\s*[;,|]\s*')) as record_id
    from home_reference
)

select reference.kind, count(*) as named_count, count(record.record_id) as known_count
from reference
left join (select distinct record_id from home_record) as record on record.record_id = reference.record_id
where reference.record_id <> ''
group by reference.kind
order by reference.kind
