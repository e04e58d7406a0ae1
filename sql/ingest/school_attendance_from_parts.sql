-- school_attendance: the summary of a set's pupils, contacts, sessions and exclusions. Grain: row of the pupils' files x term.
-- A pupils' file that names terms keeps its rows; one that does not gives a row for each term the pupil has sessions or exclusions in, and of a pupil
-- without any, one for the term of the delivery.
with told_contact as (
    select
        *,
        row_number() over (
            partition by source_person_id, school_urn
            order by coalesce(lives_with, false) desc, contact_order nulls last, file_number, source_row
        ) as place
    from extract.contact
),
every_pupil as (
    select * from extract.pupil
    union all by name
    select * exclude (file_number) replace (source_row + file_number * $rows_a_file as source_row) from extract.off_roll_pupil
),
pupil as (
    select
        every_pupil.* replace (
            if($has_contacts, first.title, contact_1_title) as contact_1_title,
            if($has_contacts, first.forename, contact_1_forename) as contact_1_forename,
            if($has_contacts, first.surname, contact_1_surname) as contact_1_surname,
            if($has_contacts, first.full_name, contact_1_full_name) as contact_1_full_name,
            if($has_contacts, first.relationship, contact_1_relationship) as contact_1_relationship,
            if($has_contacts, first.lives_with, contact_1_lives_with) as contact_1_lives_with,
            if($has_contacts, second.title, contact_2_title) as contact_2_title,
            if($has_contacts, second.forename, contact_2_forename) as contact_2_forename,
            if($has_contacts, second.surname, contact_2_surname) as contact_2_surname,
            if($has_contacts, second.full_name, contact_2_full_name) as contact_2_full_name,
            if($has_contacts, second.relationship, contact_2_relationship) as contact_2_relationship,
            if($has_contacts, second.lives_with, contact_2_lives_with) as contact_2_lives_with,
            if($has_contacts, second.contact_address, contact_2_address) as contact_2_address,
            if($has_contacts, second.contact_postcode, contact_2_postcode) as contact_2_postcode
        )
    from every_pupil
    left join told_contact as first
        on first.source_person_id = every_pupil.source_person_id and first.school_urn = every_pupil.school_urn and first.place = 1
    left join told_contact as second
        on second.source_person_id = every_pupil.source_person_id and second.school_urn = every_pupil.school_urn and second.place = 2
),
happened as (
    select source_person_id, school_urn, academic_year, term from session_tally
    union
    select source_person_id, school_urn, academic_year, term from exclusion_tally
),
delivery_term as (
    select academic_year, term from school_term where $delivered_date between from_date and to_date
),
-- Two branches, since a join that asks of the pupil alone as well would compare every pupil with every pupil's terms.
pupil_term as (
    select
        pupil.* replace (coalesce(pupil.academic_year, delivery_term.academic_year) as academic_year)
    from pupil
    cross join delivery_term
    where pupil.term is not null
    union all
    select
        pupil.* replace (
            coalesce(pupil.academic_year, happened.academic_year, delivery_term.academic_year) as academic_year,
            coalesce(happened.term, delivery_term.term) as term
        )
    from pupil
    cross join delivery_term
    left join happened on happened.source_person_id = pupil.source_person_id and happened.school_urn = pupil.school_urn
    where pupil.term is null
)
select
    pupil_term.* replace (
        if($has_exclusions, coalesce(exclusion.suspension_count, 0), pupil_term.suspension_count) as suspension_count,
        if($has_exclusions, coalesce(exclusion.permanent_exclusion_count, 0), pupil_term.permanent_exclusion_count) as permanent_exclusion_count
    ),
    coalesce(session.sessions_possible, 0) as sessions_possible,
    coalesce(session.sessions_authorised, 0) as sessions_authorised,
    coalesce(session.sessions_unauthorised, 0) as sessions_unauthorised,
    coalesce(session.sessions_unresolved, 0) as sessions_unresolved
from pupil_term
left join session_tally as session
    on session.source_person_id = pupil_term.source_person_id
    and session.school_urn = pupil_term.school_urn
    and session.academic_year = pupil_term.academic_year
    and session.term = pupil_term.term
left join exclusion_tally as exclusion
    on exclusion.source_person_id = pupil_term.source_person_id
    and exclusion.school_urn = pupil_term.school_urn
    and exclusion.academic_year = pupil_term.academic_year
    and exclusion.term = pupil_term.term
order by pupil_term.source_row, pupil_term.academic_year, case pupil_term.term when 'autumn' then 1 when 'spring' then 2 else 3 end
