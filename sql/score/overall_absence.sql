-- overall_absence: percent of possible sessions missed with or without authority, over all schools and terms of the window. Grain: subject x school x term.
-- A school and term told twice counts once, the later statement; no possible session is no record.
with term as (
    select subject_n, event_n, sessions_possible, sessions_authorised + sessions_unauthorised as sessions_missed
    from member_event
    where event_type = 'attendance' and from_date >= $window_from and to_date <= $window_to
    qualify row_number() over (
        partition by subject_n, occurrence_id, from_date order by as_at_date desc, extract_id desc, source_row desc, event_id
    ) = 1
)
select
    subject_n,
    event_n,
    100.0::double * sessions_missed / sessions_possible as row_value,
    100.0::double * sum(sessions_missed) over (partition by subject_n) / sum(sessions_possible) over (partition by subject_n) as person_value,
    false as is_met_by_code,
    false as is_indeterminate,
    true as is_evidence
from term
where sessions_possible > 0
