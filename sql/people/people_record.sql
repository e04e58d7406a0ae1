-- people_record: the given values made comparable. Grain: given record. A skeleton: pipelines.people puts in the further fields.
with placed as (
    select
        given.given_n,
        given.record_id,
        given.source,
        given.source_role,
        coalesce(forename.forename, full_name.forename) as forename,
        nullif(concat_ws(' ', coalesce(forename.middle_names, full_name.middle_names), middle.middle_names), '') as middle_names,
        coalesce(surname.surname, full_name.surname) as surname,
        coalesce(former.surname, surname.former_surname, full_name.former_surname) as former_surname,
        coalesce(forename.forename_phonetic, full_name.forename_phonetic) as forename_phonetic,
        coalesce(surname.surname_phonetic, full_name.surname_phonetic) as surname_phonetic,
        birth.birth_number,
        coalesce(birth.is_year_only, false) as is_year_only,
        try_cast(regexp_extract(given.birth_year, '[0-9]{4}') as integer) as birth_year,
        try_cast(given.age as double)::integer as age,
        coalesce(
            case
                when upper(given.sex) in ('F', 'FEMALE', 'W', 'WOMAN', 'GIRL', '2') then 'F'
                when upper(given.sex) in ('M', 'MALE', 'MAN', 'BOY', '1') then 'M'
            end,
            forename.title_sex,
            full_name.title_sex
        ) as sex,
        upper(given.saon) as saon_given,
        upper(given.paon) as paon_given,
        -- House and flat in one column, either way round: 57/3. Homes need the sign, which paon loses.
        nullif(regexp_extract(regexp_replace(upper(given.paon), '[^A-Z0-9/]', '', 'g'), '^[A-Z0-9]+/[A-Z0-9]+$'), '') as slashed,
        -- A flat written before the house in one column: Flat 2, 14.
        regexp_extract(upper(given.paon), $flat_before_house, ['word', 'flat', 'house']) as flatted,
        street.value as street_given,
        address.saon as saon_read,
        address.paon as paon_read,
        address.street as street_read,
        coalesce(case $postcode_form when 'british' then postcode.british when 'shaped' then postcode.shaped else left(postcode.other, 12) end, address.postcode) as postcode,
        ltrim(regexp_replace(given.uprn, '[^0-9].*', ''), '0') as uprn_given,
        city.value as city,
        region.value as region{further_columns}
    from people_given as given
    left join people_forename as forename on forename.text = given.forename
    left join people_middle_names as middle on middle.text = given.middle_names
    left join people_surname as surname on surname.text = given.surname
    left join people_surname as former on former.text = given.former_surname
    left join people_full_name as full_name on full_name.text = given.full_name
    left join people_date as birth on birth.text = given.birth_date
    left join people_address as address on address.text = given.lines
    left join people_street as street on street.text = given.street
    left join people_postcode as postcode on postcode.text = given.postcode
    left join people_place as city on city.text = given.city
    left join people_place as region on region.text = given.region
    {further_joins}
),
chosen as (
    select
        * exclude (saon_given, paon_given, flatted, street_given, saon_read, paon_read, street_read, uprn_given, former_surname),
        nullif(former_surname, surname) as former_surname,
        -- Flat 2, Apartment 2 and 2 are one flat.
        nullif(
            regexp_replace(regexp_replace(coalesce(saon_given, nullif(flatted.flat, ''), saon_read), '[^A-Z0-9]', '', 'g'), '^(FLAT|APARTMENT|APT|UNIT|ROOM|STUDIO)', ''),
            ''
        ) as saon,
        coalesce(nullif(regexp_replace(coalesce(nullif(flatted.house, ''), paon_given), '[^A-Z0-9-]', '', 'g'), ''), paon_read) as paon,
        -- Of a house's name the letters count: Hen-Felin is Hen Felin.
        if(regexp_matches(paon, '[0-9]'), paon, regexp_replace(paon, '[^A-Z]', '', 'g')) as paon_letters,
        coalesce(street_given, street_read) as street,
        nullif(uprn_given, '') as uprn
    from placed
),
keyed as (
    select
        *,
        coalesce(left(postcode, greatest(length(postcode) - 2, 2)), city, region) as area,
        case
            when $postcode_form <> 'other' and postcode is not null and paon is not null then hash(postcode, paon_letters)
            when street is not null and paon is not null and coalesce(postcode, city) is not null then hash(street, paon_letters, coalesce(postcode, city))
        end as building
    from chosen
)
select
    * exclude (region, paon_letters),
    if(uprn is not null, hash('uprn', uprn), if(building is not null, hash(building, coalesce(saon, '')), null)) as address_key,
    hash({said}, source_role) as said
from keyed
