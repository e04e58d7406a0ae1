-- session_tally: a pupil's sessions at a school in a term, from marks or from counts of codes. Grain: pupil x school x term.
-- Possible sessions leave out those a pupil could not attend (Q, Y1 to Y7, Y) and those that are none of this school's (D, X, Z, #);
-- so a pupil registered at two schools has each session once. A session told by several files counts once, as the last file tells it; counts of codes
-- stand or go together: the last file with a pupil's term at a school replaces all that earlier ones said of it, or a code that a correction took away would stay.
-- N (no reason yet) counts as without authority, and in the last school days is told apart as well: the school may still give a reason.
-- Sums go straight to the term, and where several files tell of sessions one part of the pupils after the other: of a county's year, nearly a hundred
-- million marks, groups neither by code nor by session would fit in memory.
with standing as not materialized (
    select source_person_id, school_urn, session_date, mark
    from extract.session_mark
    where $parts = 1
    union all
    select source_person_id, school_urn, session_date, max_by(mark, file_number) as mark
    from extract.session_mark
    where $parts > 1 and hash(source_person_id) % $parts::ubigint = $part::ubigint
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
    select
        standing.source_person_id,
        standing.school_urn,
        session_day.academic_year,
        session_day.term,
        count(*) filter (where code.counts_as in ('present', 'authorised', 'unauthorised')) as sessions_possible,
        count(*) filter (where code.counts_as = 'authorised') as sessions_authorised,
        count(*) filter (where code.counts_as = 'unauthorised') as sessions_unauthorised,
        count(*) filter (where code.mark = 'N' and session_day.is_recent) as sessions_unresolved
    from standing
    inner join session_day on session_day.session_date = standing.session_date
    inner join attendance_code as code on code.mark = standing.mark
    group by standing.source_person_id, standing.school_urn, session_day.academic_year, session_day.term
    union all
    select
        counted.source_person_id,
        counted.school_urn,
        counted.academic_year,
        counted.term,
        sum(session_count) filter (where code.counts_as in ('present', 'authorised', 'unauthorised')) as sessions_possible,
        sum(session_count) filter (where code.counts_as = 'authorised') as sessions_authorised,
        sum(session_count) filter (where code.counts_as = 'unauthorised') as sessions_unauthorised,
        0 as sessions_unresolved
    from counted
    inner join attendance_code as code on code.mark = counted.mark
    where $parts = 1 or hash(counted.source_person_id) % $parts::ubigint = $part::ubigint
    group by counted.source_person_id, counted.school_urn, counted.academic_year, counted.term
)
select
    source_person_id,
    school_urn,
    academic_year,
    term,
    coalesce(sum(sessions_possible), 0)::integer as sessions_possible,
    coalesce(sum(sessions_authorised), 0)::integer as sessions_authorised,
    coalesce(sum(sessions_unauthorised), 0)::integer as sessions_unauthorised,
    coalesce(sum(sessions_unresolved), 0)::integer as sessions_unresolved
from told
group by source_person_id, school_urn, academic_year, term
