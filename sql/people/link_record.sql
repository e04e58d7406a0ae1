-- link_record of any people table: what blocking and comparison need of a unit. Grain: unit (records that say exactly the same).
with nickname as (
    select name, list(canonical order by canonical) as canonicals
    from link_nickname
    group by name
),
source as (
    select source, row_number() over (order by source)::usmallint as source_n
    from (select distinct source from people_unit)
)
select
    unit.n,
    unit.record_id,
    unit.source,
    source.source_n,
    -- Whoever says the same in several sources is of none of them alone.
    if($has_sources and unit.source_count = 1, source.source_n, null) as holder,
    unit.record_count,
    unit.source_count,
    -- How often what the unit says counts in samples: where no date of birth tells namesakes apart, one file's repetitions are mostly the person again.
    if($is_dated, unit.source_count, unit.record_count) as said_count,
    record.source_role,
    record.forename,
    record.middle_names,
    replace(record.surname, ' ', '') as surname,
    if(
        contains(record.surname, ' ') or record.former_surname is not null,
        list_distinct(
            list_filter(string_split(concat_ws(' ', record.surname, record.former_surname), ' '), lambda x: length(x) > 2)
            || list_filter([replace(record.surname, ' ', ''), replace(record.former_surname, ' ', '')], lambda x: x is not null)
        ),
        null
    ) as surname_parts,
    nickname.canonicals as nicknames,
    record.forename_phonetic,
    record.surname_phonetic,
    record.birth_number,
    coalesce(record.birth_number // 10000, record.birth_year) as year_of_birth,
    coalesce(record.is_year_only or ($are_first_of_january_placeholders and record.birth_number % 10000 = 101), false) as is_placeholder,
    record.birth_year,
    record.age,
    record.sex,
    record.uprn,
    record.address_key,
    record.building,
    record.saon,
    record.paon,
    record.street,
    record.postcode,
    right(record.postcode, 2) as postcode_tail,
    record.area,
    record.city,
    crowd.address_key is not null as is_shared_address,
    (forename_count.record_count / $record_count)::float as forename_share,
    (surname_count.record_count / $record_count)::float as surname_share,
    ((coalesce(full_name_count.address_count, 1) - 1) / $record_count)::float as further_address_share{further_columns}
from people_unit as unit
inner join people_record as record on record.given_n = unit.given_n
inner join source on source.source = unit.source
left join nickname on nickname.name = record.forename
left join forename_count on forename_count.forename = record.forename
left join surname_count on surname_count.surname = record.surname
left join full_name_count on full_name_count.forename = record.forename and full_name_count.surname = record.surname
left join crowd on crowd.address_key = record.address_key
where unit.is_first
order by unit.n
