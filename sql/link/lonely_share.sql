-- lonely_share: how many records stand alone, surely nobody's of the others. Grain: source x what a record lacks, since who says little is sure of nobody.
select
    record.source,
    record.birth_number is null as is_undated,
    record.area is null as is_placeless,
    greatest((count(*) - count(tie.n)) / count(*), 1 / count(*)) as share
from link_record as record
left join (select distinct n from third_tie) as tie on tie.n = record.n
group by all
