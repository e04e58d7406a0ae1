-- lonely_share: how many records stand alone, surely nobody's of the others. Grain: source x what a record lacks.
-- Who says little is sure of nobody, but mostly somebody all the same: midway between the source's share and that of those who lack as much.
with standing as (
    select record.source, record.birth_number is null as is_undated, record.area is null as is_placeless, tie.n is null as is_alone
    from link_record as record
    left join (select distinct n from third_tie where is_sure) as tie on tie.n = record.n
),
counted as (
    select source, is_undated, is_placeless, count(*) as record_count, count_if(is_alone) as alone_count
    from standing
    group by all
)
select
    source,
    is_undated,
    is_placeless,
    sqrt(
        greatest(alone_count, 1) / record_count
        * greatest(sum(alone_count) over (partition by source), 1) / sum(record_count) over (partition by source)
    ) as share
from counted
