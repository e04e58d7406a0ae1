-- lonely_share: how many of a source's records stand alone, surely nobody's of the others. Grain: source.
select record.source, greatest((count(*) - count(tie.n)) / count(*), 1 / count(*)) as share
from link_record as record
left join (select distinct n from third_tie) as tie on tie.n = record.n
group by record.source
