-- blocking_key: the keys under which a record may meet another. Grain: record x rule x key; a rule whose parts are missing gives no key.
with name as (
    select n, unnest(list_distinct(forename_keys)) as forename_key, surname_parts, surname, birth_date, address_key, postcode, building
    from link_record
    where forename is not null
),
part as (
    select n, forename_key, unnest(surname_parts) as surname_part, birth_date, address_key, postcode
    from name
),
single as (
    select
        n,
        unnest(
            [
                {rule: 'nino', key: nino},
                {rule: 'upn', key: upn},
                {rule: 'reference', key: source || '|' || reference},
                {rule: 'surname_birth_date', key: surname || '|' || birth_digits},
                {rule: 'surname_sound_birth_date', key: surname_phonetic || '|' || birth_digits},
                {rule: 'forename_sound_birth_date', key: forename_phonetic || '|' || birth_digits},
                {rule: 'birth_date_postcode', key: birth_digits || '|' || postcode},
                {rule: 'birth_date_address', key: birth_digits || '|' || address_key},
                {rule: 'sounds_postcode', key: forename_phonetic || '|' || surname_phonetic || '|' || postcode},
                {rule: 'forename_sound_address', key: forename_phonetic || '|' || address_key},
                {rule: 'surname_initial_address', key: surname || '|' || left(forename, 1) || '|' || address_key},
                {rule: 'sounds_year', key: forename_phonetic || '|' || surname_phonetic || '|' || year(birth_date)},
                {rule: 'sounds_day_and_month', key: forename_phonetic || '|' || surname_phonetic || '|' || least(day(birth_date), month(birth_date))
                    || '|' || greatest(day(birth_date), month(birth_date))},
                {rule: 'names_either_way', key: if(forename < surname, forename || '|' || surname, surname || '|' || forename)},
                {rule: 'forename_birth_year_sector', key: forename || '|' || year(birth_date) || '|' || sector}
            ]
        ) as entry
    from link_record
)
select n, entry.rule as rule, hash(entry.key) as key
from single
where entry.key is not null
union all by name
select n, 'forename_birth_date' as rule, hash(forename_key || '|' || birth_date) as key
from name
where birth_date is not null
union all by name
select n, 'forename_address' as rule, hash(forename_key || '|' || address_key) as key
from name
where address_key is not null
union all by name
select n, 'forename_building' as rule, hash(forename_key || '|' || building) as key
from name
where building is not null
union all by name
select distinct n, 'surname_part_birth_date' as rule, hash(surname_part || '|' || birth_date) as key
from part
where birth_date is not null
union all by name
select n, 'forename_surname_part' as rule, hash(forename_key || '|' || surname_part) as key
from part
union all by name
-- Who moved and changed one of their names is still beside the same partner or child.
select n, 'forename_kin' as rule, hash(forename_key, kin_key) as key
from (select name.n, name.forename_key, unnest(link_kin.names || link_kin.births) as kin_key from name inner join link_kin on link_kin.n = name.n)
union all by name
select n, 'surname_initial_kin' as rule, hash(surname, initial, kin_key) as key
from (select link_record.n, surname, left(forename, 1) as initial, unnest(link_kin.births) as kin_key from link_record inner join link_kin on link_kin.n = link_record.n)
where surname is not null and initial is not null
