-- people_unit: records that say exactly the same are one unit, so that they are compared once. Grain: record; n numbers units by their first record.
with unit as (
    select said, {scope} as scope, min({source: source, record_id: record_id}) as first_record, count(*)::integer as record_count, count(distinct source)::integer as source_count
    from people_record
    group by all
),
numbered as (
    select said, scope, first_record, record_count, source_count, row_number() over (order by first_record)::integer as n
    from unit
)
select
    record.given_n,
    record.record_id,
    record.source,
    numbered.n,
    numbered.record_count,
    numbered.source_count,
    record.source = numbered.first_record.source and record.record_id = numbered.first_record.record_id as is_first
from people_record as record
inner join numbered on numbered.said = record.said and numbered.scope = {scope}
