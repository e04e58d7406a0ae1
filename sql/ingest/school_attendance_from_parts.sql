-- school_attendance: the summary of a set's pupils, sessions and exclusions. Grain: row of the pupils' file x term.
-- A pupils' file that names terms keeps its rows; one that does not gives a row for each term the pupil has sessions or exclusions in, and of a pupil
-- without any, one for the term of the delivery.
with happened as (
    select source_person_id, school_urn, academic_year, term from session_tally
    union
    select source_person_id, school_urn, academic_year, term from exclusion_tally
),
delivery_term as (
    select academic_year, term from school_term where $delivered_date between from_date and to_date
),
pupil_term as (
    select
        pupil.* replace (
            coalesce(pupil.academic_year, happened.academic_year, delivery_term.academic_year) as academic_year,
            coalesce(pupil.term, happened.term, delivery_term.term) as term
        )
    from extract.pupil as pupil
    cross join delivery_term
    left join happened
        on pupil.term is null
        and happened.source_person_id = pupil.source_person_id
        and happened.school_urn = pupil.school_urn
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
