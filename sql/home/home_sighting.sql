-- home_sighting: where a source saw a person, each dwelling once. Grain: person x dwelling x source.
-- Somebody known at one flat of the building is meant there when the flat's number was left out; else such an address places nobody.
with seen as (
    select record.n, record.source, record.seen_date, record.from_date, record.to_date, address.dwelling_key, address.building, address.is_partial
    from home_record as record
    inner join home_address as address on address.address_key = record.address_key
),

flat as (
    select n, building, min(dwelling_key) as dwelling_key
    from seen
    where not is_partial and building is not null
    group by n, building
    having count(distinct dwelling_key) = 1
),

placed as (
    select seen.* replace (if(seen.is_partial, flat.dwelling_key, seen.dwelling_key) as dwelling_key)
    from seen
    left join flat on flat.n = seen.n and flat.building = seen.building
)

select
    n,
    dwelling_key,
    source,
    max(coalesce(seen_date, to_date, from_date)) as seen_date,
    min(from_date) as from_date,
    if(bool_and(to_date is not null), max(to_date), null) as to_date
from placed
where dwelling_key is not null
group by n, dwelling_key, source
