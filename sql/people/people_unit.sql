-- people_unit: records that say exactly the same are one unit, so that they are compared once. Grain: record; n numbers units by their lowest record.
with said as (
    select file_n, file_row, record_id, source, hash({columns}) as said
    from people_record
),
unit as (
    select said, {scope} as scope, min((source, record_id)) as first_record
    from said
    group by said, {scope}
),
numbered as (
    select said, scope, row_number() over (order by first_record)::integer as n
    from unit
)
select said.file_n, said.file_row, said.record_id, said.source, numbered.n
from said
inner join numbered on numbered.said = said.said and numbered.scope = {said_scope}
