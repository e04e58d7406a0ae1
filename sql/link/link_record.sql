-- link_record: what blocking and comparison need of a record. Grain: record; n numbers the records in the order of their ids.
with nickname as (
    select name, list(canonical order by canonical) as canonicals
    from link_nickname
    group by name
),
part as (
    -- Both halves of a double-barrelled surname, and a former one, may be the other side's whole surname; null where it is one plain word.
    select
        record_id,
        list_distinct(
            list_filter(string_split(concat_ws(' ', surname, former_surname), ' '), lambda x: length(x) > 2)
            || list_filter([replace(surname, ' ', ''), replace(former_surname, ' ', '')], lambda x: x is not null)
        ) as surname_parts
    from staging.person_record
    where contains(surname, ' ') or former_surname is not null
),
full_name as (
    select forename, surname, count(distinct coalesce(address_key, record_id)) as address_count
    from staging.person_record
    where forename is not null and surname is not null
    group by forename, surname
)
select
    row_number() over (order by record.record_id)::integer as n,
    record.record_id,
    record.source,
    dense_rank() over (order by record.source)::usmallint as source_n,
    1 as source_count,
    1 as said_count,
    record.source_person_id as reference,
    record.role,
    replace(record.forename, ' ', '') as forename,
    record.middle_names,
    replace(record.surname, ' ', '') as surname,
    replace(record.former_surname, ' ', '') as former_surname,
    part.surname_parts,
    nickname.canonicals as nicknames,
    record.forename_phonetic,
    record.surname_phonetic,
    record.birth_date,
    strftime(record.birth_date, '%Y%m%d')::integer as birth_number,
    year(record.birth_date)::integer as year_of_birth,
    record.birth_date_quality = 'placeholder' as is_placeholder,
    coalesce(record.birth_date_latest, record.birth_date) as birth_date_latest,
    record.sex,
    record.nino,
    record.upn,
    record.uprn,
    record.address_key,
    record.postcode,
    right(record.postcode, 2) as postcode_tail,
    record.saon,
    record.paon,
    record.street,
    coalesce(left(record.postcode, length(record.postcode) - 2), record.uprn) as area,
    null::varchar as city,
    record.postcode || '|' || record.paon as building,
    record.address_kind in ('communal', 'hmo', 'care_of', 'no_fixed_abode') as is_shared_address,
    (count(record.forename) over (partition by record.forename) / nullif(count(record.forename) over (), 0))::float as forename_share,
    (count(record.surname) over (partition by record.surname) / nullif(count(record.surname) over (), 0))::float as surname_share,
    -- Forename and surname go together by where a family comes from, so the further addresses of a whole name tell namesakes better than its parts do.
    ((full_name.address_count - 1) / count(*) over ())::float as further_address_share,
    count(*) over (partition by record.address_key) as dwelling_record_count
from staging.person_record as record
left join part on part.record_id = record.record_id
left join nickname on nickname.name = record.forename
left join full_name on full_name.forename = record.forename and full_name.surname = record.surname
