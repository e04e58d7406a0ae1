-- Grain: source; records, and how many of them stand alone, linked to no other record.
with size as (
    select person_id, count(*) as record_count
    from linked.person_record
    group by person_id
)
select
    record.source,
    count(*)::integer as record_count,
    count_if(size.record_count > 1)::integer as linked_count
from staging.person_record as record
inner join linked.person_record as linked on linked.record_id = record.record_id
inner join size on size.person_id = linked.person_id
group by record.source
order by record.source
