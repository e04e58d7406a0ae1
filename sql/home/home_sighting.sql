-- home_sighting: where a source saw a person, each dwelling once. Grain: person x dwelling x source.
-- An address that leaves out the flat's number, or postcode and town, names no home of itself. Somebody known at one home that it may be is meant there, else whose
-- family is; else it places nobody.
with seen as (
    select
        record.n,
        record.source,
        record.seen_date,
        record.from_date,
        record.to_date,
        address.dwelling_key,
        coalesce(address.is_partial, true) as is_partial,
        address.building,
        record.street || '|' || record.paon as house
    from home_record as record
    left join home_address as address on address.address_key = record.address_key
    where address.address_key is not null or (record.street is not null and record.paon is not null)
),

-- A home by what the addresses that lack something say of it.
known as (
    select distinct n, unnest([building::varchar, house]) as place, dwelling_key
    from seen
    where not is_partial
),

lacking as (
    select distinct n, coalesce(building::varchar, house) as place
    from seen
    where is_partial
),

named as (
    select n, list(part) as parts from home_surname group by n
),

declared as (
    select n_l as n, n_r as other_n from home_relation where kind <> 'apart'
    union
    select n_r, n_l from home_relation where kind <> 'apart'
),

-- Place first, relatives after: of one surname there may be thousands.
beside as (
    select
        lacking.n,
        lacking.place,
        known.dwelling_key,
        coalesce(list_has_any(own.parts, other.parts), false) as has_name,
        declared.n is not null as is_declared
    from lacking
    inner join known on known.place = lacking.place and known.n <> lacking.n
    left join named as own on own.n = lacking.n
    left join named as other on other.n = known.n
    left join declared on declared.n = lacking.n and declared.other_n = known.n
),

candidate as (
    select lacking.n, lacking.place, known.dwelling_key, 1 as rank
    from lacking
    inner join known on known.n = lacking.n and known.place = lacking.place
    union all
    select n, place, dwelling_key, 2
    from beside
    where has_name or is_declared
),

meant as (
    select n, place, min(dwelling_key) as dwelling_key
    from (from candidate qualify rank = min(rank) over (partition by n, place))
    group by n, place
    having count(distinct dwelling_key) = 1
),

placed as (
    select seen.* replace (if(seen.is_partial, meant.dwelling_key, seen.dwelling_key) as dwelling_key)
    from seen
    left join meant on meant.n = seen.n and meant.place = coalesce(seen.building::varchar, seen.house)
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
