-- session_tally: a pupil's sessions at a school in a term, from marks or from counts of codes. Grain: pupil x school x term.
-- Possible sessions leave out those a pupil could not attend (Q, Y1 to Y7, Y) and those that are none of this school's (D, X, Z, #);
-- so a pupil registered at two schools has each session once. A session told by several files counts once, as the last file tells it; counts of codes
-- stand or go together: the last file with a pupil's term at a school replaces all that earlier ones said of it, or a code that a correction took away would stay.
-- N (no reason yet) counts as without authority, and in the last school days is told apart as well: the school may still give a reason.
create or replace temp table session_tally as
with school_day as (
    select session_date, row_number() over (order by session_date desc) <= $unresolved_days as is_recent
    from (select distinct session_date from extract.session_mark)
),
day_term as (
    select school_day.session_date, school_day.is_recent, school_term.academic_year, school_term.term
    from school_day
    inner join school_term on school_day.session_date between school_term.from_date and school_term.to_date
),
several as (
    select min(file_number) <> max(file_number) as are_files from extract.session_mark
),
standing as (
    select source_person_id, school_urn, session_date, mark
    from extract.session_mark
    where not (select are_files from several)
    union all
    select source_person_id, school_urn, session_date, max_by(mark, file_number) as mark
    from extract.session_mark
    where (select are_files from several)
    group by source_person_id, school_urn, session_date, session
),
counting as (
    select min(file_number) <> max(file_number) as are_files from extract.code_count
),
counted as (
    select source_person_id, school_urn, academic_year, term, mark, session_count
    from extract.code_count
    where not (select are_files from counting)
    union all
    select source_person_id, school_urn, academic_year, term, mark, session_count
    from extract.code_count
    where (select are_files from counting)
    qualify file_number = max(file_number) over (partition by source_person_id, school_urn, academic_year, term)
),
told as (
    select source_person_id, school_urn, academic_year, term, mark, is_recent, count(*) as session_count
    from standing
    inner join day_term using (session_date)
    group by source_person_id, school_urn, academic_year, term, mark, is_recent
    union all
    select source_person_id, school_urn, academic_year, term, mark, false as is_recent, session_count
    from counted
)
select
    told.source_person_id,
    told.school_urn,
    told.academic_year,
    told.term,
    coalesce(sum(session_count) filter (where counts_as in ('present', 'authorised', 'unauthorised')), 0)::integer as sessions_possible,
    coalesce(sum(session_count) filter (where counts_as = 'authorised'), 0)::integer as sessions_authorised,
    coalesce(sum(session_count) filter (where counts_as = 'unauthorised'), 0)::integer as sessions_unauthorised,
    coalesce(sum(session_count) filter (where mark = 'N' and is_recent), 0)::integer as sessions_unresolved
from told
inner join attendance_code using (mark)
group by told.source_person_id, told.school_urn, told.academic_year, told.term
