-- gazetteer_use: what stands at a UPRN by its class, the longest beginning that is known. Grain: UPRN.
-- A shell, or the parent of a shared house's rooms, is a building and nobody's home.
with known as (
    select uprn, max(parent_uprn) as parent_uprn, max(class_code) as class_code
    from gazetteer_row
    where uprn is not null
    group by uprn
),
divided as (
    select distinct parent_uprn as uprn
    from known
    where parent_uprn <> uprn and class_code[1] = 'R'
),
classed as (
    select known.*, max_by(class_use.place_use, length(class_use.prefix)) as place_use
    from known
    left join class_use on starts_with(known.class_code, class_use.prefix)
    group by all
)
select
    classed.uprn,
    classed.parent_uprn,
    classed.class_code,
    case
        when classed.place_use = 'shell' or (classed.place_use = 'hmo' and divided.uprn is not null) then 'building'
        else coalesce(classed.place_use, 'unknown')
    end as place_use
from classed
left join divided on divided.uprn = classed.uprn
