-- source_reliability: how often a source places a person where another source does, beside the best of them. Grain: source.
-- Learnt from the table itself, since a register that is behind is behind for everybody. Sources with little in common count as good.
with agreed as (
    select l.source, count(*) as people, avg((l.dwelling_key = r.dwelling_key)::integer) as share
    from home_sighting as l
    inner join home_sighting as r on r.n = l.n and r.source <> l.source
    group by l.source
)

select source, greatest(share / max(share) over (), $lowest_reliability) as reliability
from agreed
where people >= $fewest_agreements and share > 0
