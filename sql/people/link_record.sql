-- link_record of any people table: what blocking and comparison need of a unit. Grain: unit (records that say exactly the same).
with chosen as (
    select unit.n, record.*, count(*) over (partition by unit.n) as record_count
    from people_unit as unit
    inner join people_record as record on record.file_n = unit.file_n and record.file_row = unit.file_row
    qualify row_number() over (partition by unit.n order by record.source, record.record_id) = 1
),
nickname as (
    select name, list(canonical order by canonical) as canonicals
    from link_nickname
    group by name
),
forename_count as (
    select forename, count(*) as record_count
    from chosen
    where forename is not null
    group by forename
),
surname_count as (
    select surname, count(*) as record_count
    from chosen
    where surname is not null
    group by surname
),
placed as (
    select
        *,
        coalesce(left(postcode, greatest(length(postcode) - 2, 2)), city, region) as area,
        case
            when $is_british and postcode is not null and paon is not null then hash(postcode, paon)
            when street is not null and paon is not null and coalesce(postcode, city) is not null then hash(street, paon, coalesce(postcode, city))
        end as building
    from chosen
),
keyed as (
    select *, if(uprn is not null, hash('uprn', uprn), if(building is not null, hash(building, coalesce(saon, '')), null)) as address_key
    from placed
),
full_name as (
    select forename, surname, count(distinct coalesce(address_key, n)) as address_count
    from keyed
    where forename is not null and surname is not null
    group by forename, surname
),
crowd as (
    select address_key
    from keyed
    where address_key is not null
    group by address_key
    having count(*) > $crowd_size and count(distinct surname) > $crowd_surnames
)
select
    keyed.n,
    keyed.record_id,
    keyed.source,
    dense_rank() over (order by keyed.source)::usmallint as source_n,
    keyed.record_count,
    keyed.forename,
    keyed.middle_names,
    replace(keyed.surname, ' ', '') as surname,
    if(
        contains(keyed.surname, ' ') or keyed.former_surname is not null,
        list_distinct(
            list_filter(string_split(concat_ws(' ', keyed.surname, keyed.former_surname), ' '), lambda x: length(x) > 2)
            || list_filter([replace(keyed.surname, ' ', ''), replace(keyed.former_surname, ' ', '')], lambda x: x is not null)
        ),
        null
    ) as surname_parts,
    nickname.canonicals as nicknames,
    keyed.forename_phonetic,
    keyed.surname_phonetic,
    keyed.birth_number,
    coalesce(keyed.birth_number // 10000, keyed.birth_year) as year_of_birth,
    coalesce(keyed.is_year_only or ($are_first_of_january_placeholders and keyed.birth_number % 10000 = 101), false) as is_placeholder,
    keyed.birth_year,
    keyed.age,
    keyed.sex,
    keyed.uprn,
    keyed.address_key,
    keyed.building,
    keyed.saon,
    keyed.paon,
    keyed.street,
    keyed.postcode,
    keyed.area,
    keyed.city,
    crowd.address_key is not null as is_shared_address,
    (forename_count.record_count / $unit_count)::float as forename_share,
    (surname_count.record_count / $unit_count)::float as surname_share,
    ((full_name.address_count - 1) / $unit_count)::float as further_address_share{further_columns}
from keyed
left join nickname on nickname.name = keyed.forename
left join forename_count on forename_count.forename = keyed.forename
left join surname_count on surname_count.surname = keyed.surname
left join full_name on full_name.forename = keyed.forename and full_name.surname = keyed.surname
left join crowd on crowd.address_key = keyed.address_key
