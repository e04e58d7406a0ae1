-- unauthorised_absence_sustained: the lowest term's percent of possible sessions missed without authority, over all schools. Grain: subject x school x term.
-- Every term of the window must be known; while one is not, nobody can say that it lasted.
with statement as (
    select subject_n, event_n, from_date, sessions_possible, sessions_unauthorised as sessions_missed
    from member_event
    where event_type = 'attendance' and from_date >= $window_from and to_date <= $window_to
    qualify row_number() over (
        partition by subject_n, occurrence_id, from_date order by as_at_date desc, extract_id desc, source_row desc, event_id
    ) = 1
),
term as (
    select subject_n, from_date, 100.0::double * sum(sessions_missed) / sum(sessions_possible) as percent
    from statement
    where sessions_possible > 0
    group by subject_n, from_date
),
person as (
    select subject_n, min(percent) as lowest, count(*) as term_count
    from term
    group by subject_n
)
select
    statement.subject_n,
    statement.event_n,
    100.0::double * sessions_missed / sessions_possible as row_value,
    case when person.term_count = $term_count then person.lowest end as person_value,
    false as is_met_by_code,
    person.term_count < $term_count as is_indeterminate,
    true as is_evidence
from statement
inner join person using (subject_n)
where sessions_possible > 0
