-- The pupil and up to two contacts of each attendance row, as written. Grain: source row x role x contact.
-- Contacts who are neither a parent nor live with the pupil are left out: nothing is decided by them.
with delivered as (
    select attendance.*, receipt.extract_id, least(receipt.as_at_date, term_date.to_date) as seen_date
    from school_attendance.extract.school_attendance as attendance
    cross join school_attendance.extract.receipt as receipt
    inner join term_date on term_date.academic_year = attendance.academic_year and term_date.term = attendance.term
    -- A row of a pupils' file stands for several terms: it names people once, as last seen.
    qualify row_number() over (partition by attendance.source_row order by term_date.to_date desc) = 1
),
contact as (
    select
        extract_id, source_row, seen_date, birth_date, upn, source_person_id, address_line_1, address_line_2, address_line_3, postcode, uprn,
        unnest([
            {
                rank: 1, title: contact_1_title, forename: contact_1_forename, surname: contact_1_surname, full_name: contact_1_full_name,
                kinship: contact_1_relationship, lives_with: contact_1_lives_with, own_address: null::varchar, own_postcode: null::varchar
            },
            {
                rank: 2, title: contact_2_title, forename: contact_2_forename, surname: contact_2_surname, full_name: contact_2_full_name,
                kinship: contact_2_relationship, lives_with: contact_2_lives_with, own_address: contact_2_address, own_postcode: contact_2_postcode
            }
        ]) as person
    from delivered
),
contact_at_home as (
    select
        contact.*,
        kinship.relationship_type,
        kinship.sex,
        kinship.years_older,
        coalesce(person.lives_with, false) as lives_with,
        coalesce(person.own_address, person.own_postcode) is not null as has_own_address
    from contact
    inner join kinship on kinship.text = coalesce(person.kinship, '')
    where coalesce(person.surname, person.full_name) is not null
)
select
    'school_attendance' as source, extract_id, source_row, 'pupil' as role, source_person_id,
    title, forename, middle_names, surname, former_surname, full_name,
    birth_date, birth_date_original, sex, upn as upn_text, uprn as uprn_text,
    address_line_1 as line_1, address_line_2 as line_2, address_line_3 as line_3, postcode as postcode_text,
    seen_date, source_row::varchar as tie_key
from delivered
union all by name
select
    'school_attendance' as source, extract_id, source_row, 'parent' as role,
    person.title as title, person.forename as forename, person.surname as surname, person.full_name as full_name,
    if(
        birth_date between seen_date - to_years($pupil_age_maximum + 1) and seen_date - to_years($pupil_age_minimum), birth_date - to_years(years_older), null
    )::date as birth_date_latest,
    sex,
    if(lives_with and not has_own_address, uprn, null) as uprn_text,
    case when has_own_address then person.own_address when lives_with then address_line_1 end as line_1,
    if(lives_with and not has_own_address, address_line_2, null) as line_2,
    if(lives_with and not has_own_address, address_line_3, null) as line_3,
    case when has_own_address then person.own_postcode when lives_with then postcode end as postcode_text,
    seen_date, coalesce(upn, source_person_id) as child_reference,
    source_row::varchar as tie_key, relationship_type as tie, person.lives_with as is_declared_together, person.rank as contact_rank
from contact_at_home
where relationship_type = 'parent_of' or (relationship_type is not null and lives_with)
