-- standard_appearance: each appearance with its values standardised and the record it belongs to. Grain: source row x role x contact.
-- An appearance without a name and without a number is nobody and is left out.
with valued as (
    select
        appearance.* exclude (title, forename, middle_names, surname, former_surname, full_name, sex, line_1, line_2, line_3, postcode_text),
        name.title, name.forename, name.middle_names, name.surname, name.former_surname, name.forename_phonetic, name.surname_phonetic,
        coalesce(
            case when upper(trim(sex)) in ('F', 'FEMALE', 'GIRL', 'WOMAN', '2') then 'F' when upper(trim(sex)) in ('M', 'MALE', 'BOY', 'MAN', '1') then 'M' end,
            name.title_sex
        ) as sex,
        nino.value as nino,
        upn.value as upn,
        uprn.value as own_uprn,
        address.saon, address.paon, address.street, address.postcode, address.building, address.unit, address.kind,
        case
            when birth_date is null or birth_date = $null_birth_date then 'missing'
            when birth_date > seen_date or birth_date < seen_date - to_years($age_maximum) then 'implausible'
            when role = 'pupil' and (birth_date > seen_date - to_years($pupil_age_minimum) or birth_date < seen_date - to_years($pupil_age_maximum + 1))
                then 'implausible'
            when role in ('claimant', 'partner') and birth_date > seen_date - to_years($claimant_age_minimum) then 'implausible'
            when month(birth_date) = 1 and day(birth_date) = 1 then 'placeholder'
            else 'full'
        end as birth_date_quality,
        coalesce(full_name, nullif(concat_ws(' ', appearance.title, appearance.forename, appearance.middle_names, appearance.surname), '')) as name_original,
        nullif(concat_ws(', ', line_1, line_2, line_3, postcode_text), '') as address_original
    from appearance
    inner join carried.standard_name as name on name.text = appearance.name_text
    inner join carried.standard_address as address on address.text = appearance.address_text
    left join carried.standard_nino as nino on nino.text = appearance.nino_text
    left join carried.standard_upn as upn on upn.text = appearance.upn_text
    left join carried.standard_uprn as uprn on uprn.text = appearance.uprn_text
),
identified as (
    select
        * exclude (birth_date),
        if(birth_date_quality in ('full', 'placeholder'), birth_date, null) as birth_date,
        -- A contact has no reference of its own. Where name and dwelling do not tell it from another of its name, the child's reference does.
        if(
            role = 'parent' and (forename is null or surname is null or postcode is null or paon is null or kind <> 'dwelling'), child_reference, null
        ) as distinguishing_reference
    from valued
    where coalesce(forename, surname, nino, upn) is not null
)
select
    left(md5(concat_ws(
        chr(31),
        source, role, coalesce(source_person_id, ''), coalesce(forename, ''), coalesce(middle_names, ''), coalesce(surname, ''),
        coalesce(former_surname, ''), coalesce(birth_date::varchar, birth_date_quality), coalesce(sex, ''), coalesce(nino, ''), coalesce(upn, ''),
        coalesce(own_uprn, ''), coalesce(saon, ''), coalesce(paon, ''), if(paon is null or postcode is null, coalesce(street, ''), ''), coalesce(postcode, ''), kind,
        coalesce(distinguishing_reference, '')
    )), 16) as record_id,
    * exclude (distinguishing_reference, child_reference, name_text, nino_text, upn_text, uprn_text)
from identified
