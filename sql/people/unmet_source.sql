-- unmet_source: two sources that have nobody in common, as far as was found. Grain: pair of sources.
with person as (
    select list(distinct source) as sources
    from people_cluster
    group by person_id
    having count(distinct source) > 1
),
together as (
    select distinct sources
    from person
),
one as (
    select sources, unnest(sources) as source
    from together
),
met as (
    select distinct l.source as source_l, r.source as source_r
    from one as l
    inner join one as r on r.sources = l.sources and l.source < r.source
),
source as (
    select source, count(*) as record_count
    from people_unit
    group by source
    having count(*) >= $fewest_records
)
select l.source as source_l, r.source as source_r, l.record_count as record_count_l, r.record_count as record_count_r
from source as l
inner join source as r on l.source < r.source
anti join met on met.source_l = l.source and met.source_r = r.source
