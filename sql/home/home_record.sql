-- home_record: each record's person, place and dates. Grain: record.
-- Linkage needs a postcode or a town to tell two homes; a home may be told by house and street alone, and home_address says where that is enough.
with placed as (
    select
        given_n,
        if(building is null and postcode is null and city is null, hash('street', street, paon), building) as building,
        coalesce(address_key, if(postcode is null and city is null and uprn is null, hash('street', street, paon, coalesce(saon, '')), null)) as address_key
    from people_record
    where street is not null and paon is not null
)

select
    record.given_n,
    record.record_id,
    record.source,
    person.n,
    record.surname,
    record.former_surname,
    record.uprn,
    coalesce(placed.building, record.building) as building,
    record.saon,
    record.paon,
    record.street,
    record.postcode,
    record.city,
    coalesce(placed.address_key, record.address_key) as address_key,
    seen.value as seen_date,
    start.value as from_date,
    ended.value as to_date,
    coalesce(class.value, '') as address_class,
    coalesce(upper(position.value), '') as position
from people_record as record
inner join people_cluster as cluster on cluster.source = record.source and cluster.record_id = record.record_id
inner join home_person as person on person.person_id = cluster.person_id
left join placed on placed.given_n = record.given_n
left join home_seen_date as seen on seen.given_n = record.given_n
left join home_from_date as start on start.given_n = record.given_n
left join home_to_date as ended on ended.given_n = record.given_n
left join home_address_class as class on class.given_n = record.given_n
left join home_position as position on position.given_n = record.given_n
