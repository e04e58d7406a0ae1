-- home_record: each record's person, place and dates. Grain: record.
-- Linkage needs a postcode or a town to tell two homes; a home may be told by house and street alone, and home_address says where that is enough.
with told as (
    select
        given_n,
        building,
        address_key,
        uprn,
        coalesce(saon, '') as saon,
        if(saon is null, slashed, null) as slashed,
        paon,
        street,
        street is not null and paon is not null and postcode is null and city is null as is_street_alone
    from people_record
),

-- What a sign parts, 57/3, is no house 573.
placed as (
    select
        given_n,
        coalesce(slashed, paon) as paon,
        case
            when is_street_alone then hash('street', street, coalesce(slashed, paon))
            when slashed is not null and building is not null then hash('slashed', building, slashed)
            else building
        end as building,
        case
            when uprn is not null then address_key
            when is_street_alone then hash('street', street, coalesce(slashed, paon), saon)
            when slashed is not null and address_key is not null then hash('slashed', address_key, slashed)
            else address_key
        end as address_key
    from told
)

select
    record.given_n,
    record.record_id,
    record.source,
    person.n,
    record.surname,
    record.former_surname,
    record.uprn,
    placed.building,
    record.saon,
    placed.paon,
    record.street,
    record.postcode,
    record.city,
    placed.address_key,
    seen.value as seen_date,
    start.value as from_date,
    ended.value as to_date,
    coalesce(class.value, '') as address_class,
    coalesce(upper(position.value), '') as position
from people_record as record
inner join people_cluster as cluster on cluster.source = record.source and cluster.record_id = record.record_id
inner join home_person as person on person.person_id = cluster.person_id
inner join placed on placed.given_n = record.given_n
left join home_seen_date as seen on seen.given_n = record.given_n
left join home_from_date as start on start.given_n = record.given_n
left join home_to_date as ended on ended.given_n = record.given_n
left join home_address_class as class on class.given_n = record.given_n
left join home_position as position on position.given_n = record.given_n
