-- Attendance, suspensions, permanent exclusions and the standing on the roll. Grain: source row x term x event type. The roll is that of the newest term delivered.
with delivered as (
    select
        appearance.record_id, appearance.extract_id, attendance.*, term_date.from_date, term_date.to_date, receipt.as_at_date,
        count(*) over (partition by attendance.source_row) > 1 as is_of_several_terms,
        term_date.from_date = max(term_date.from_date) filter (where term_date.from_date <= receipt.as_at_date) over () as is_newest_term
    from school_attendance.extract.school_attendance as attendance
    cross join school_attendance.extract.receipt as receipt
    inner join term_date on term_date.academic_year = attendance.academic_year and term_date.term = attendance.term
    inner join standard_appearance as appearance
        on appearance.source = 'school_attendance' and appearance.source_row = attendance.source_row and appearance.role = 'pupil'
),
fact as (
    select *, unnest(['attendance', 'suspension', 'permanent_exclusion', 'school_roll']) as event_type
    from delivered
)
select
    concat_ws(':', extract_id, source_row, event_type, 'pupil', if(is_of_several_terms, concat(academic_year, '-', term), null)) as event_id,
    record_id, 'school_attendance' as source, extract_id, source_row, event_type, from_date,
    if(event_type = 'school_roll' and to_date >= as_at_date, null, to_date) as to_date,
    as_at_date,
    enrolment_status as code,
    'pupil' as person_role,
    term as qualifier,
    concat_ws('|', school_urn, academic_year, term) as occurrence_id,
    if(event_type = 'attendance', sessions_possible, null) as sessions_possible,
    if(event_type = 'attendance', sessions_authorised, null) as sessions_authorised,
    if(event_type = 'attendance', sessions_unauthorised, null) as sessions_unauthorised,
    case event_type when 'suspension' then suspension_count when 'permanent_exclusion' then permanent_exclusion_count end as occurrence_count
from fact
where case event_type
    when 'attendance' then true
    when 'suspension' then suspension_count > 0
    when 'permanent_exclusion' then permanent_exclusion_count > 0
    else is_newest_term
end
order by source_row, from_date, event_type
