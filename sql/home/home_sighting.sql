-- home_sighting: where a source saw a person, each dwelling once. Grain: person x dwelling x source.
-- Somebody known at one flat of the building is meant there when the flat's number was left out, and so is whose family is; else such an address places nobody.
with seen as (
    select record.n, record.source, record.seen_date, record.from_date, record.to_date, address.dwelling_key, address.building, address.is_partial
    from home_record as record
    inner join home_address as address on address.address_key = record.address_key
),

in_flat as (
    select distinct n, building, dwelling_key
    from seen
    where not is_partial and building is not null
),

lacking as (
    select distinct seen.n, seen.building
    from seen
    where seen.is_partial and (seen.n, seen.building) not in (select (n, building) from in_flat)
),

relative as (
    select lacking.n, lacking.building, in_flat.dwelling_key
    from lacking
    inner join in_flat on in_flat.building = lacking.building
    inner join home_surname as own on own.n = lacking.n
    inner join home_surname as other on other.n = in_flat.n and other.part = own.part
    union
    select lacking.n, lacking.building, in_flat.dwelling_key
    from lacking
    inner join (
        select n_l as n, n_r as other_n from home_relation where kind <> 'apart' union select n_r, n_l from home_relation where kind <> 'apart'
    ) as relation on relation.n = lacking.n
    inner join in_flat on in_flat.n = relation.other_n and in_flat.building = lacking.building
),

flat as (
    select n, building, min(dwelling_key) as dwelling_key
    from (from in_flat union all from relative)
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
    max(seen_date) as seen_date,
    min(from_date) as from_date,
    if(bool_and(to_date is not null), max(to_date), null) as to_date
from placed
where dwelling_key is not null
group by n, dwelling_key, source
