-- home_record: each record's person, place and dates. Grain: record.
select
    record.given_n,
    record.record_id,
    record.source,
    person.n,
    record.surname,
    record.former_surname,
    record.uprn,
    record.building,
    record.saon,
    record.paon,
    record.street,
    record.postcode,
    record.address_key,
    seen.value as seen_date,
    start.value as from_date,
    ended.value as to_date,
    coalesce(class.value, '') as address_class,
    coalesce(regexp_matches(upper(position.value), $guest), false) as is_guest
from people_record as record
inner join people_cluster as cluster on cluster.source = record.source and cluster.record_id = record.record_id
inner join home_person as person on person.person_id = cluster.person_id
left join home_seen_date as seen on seen.given_n = record.given_n
left join home_from_date as start on start.given_n = record.given_n
left join home_to_date as ended on ended.given_n = record.given_n
left join home_address_class as class on class.given_n = record.given_n
left join home_position as position on position.given_n = record.given_n
