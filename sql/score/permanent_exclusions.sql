-- permanent_exclusions: how many at all schools in the window. Grain: subject x school x term, terms without any included: they show the child is known.
-- A school and term told twice counts once, the later statement.
with term as (
    select subject_n, event_n, case when event_type = 'permanent_exclusion' then coalesce(occurrence_count, 0) else 0 end as occurrence_count
    from member_event
    where event_type in ('attendance', 'permanent_exclusion') and from_date between $window_from and $window_to
    qualify row_number() over (
        partition by subject_n, event_type, occurrence_id, from_date order by as_at_date desc, extract_id desc, source_row desc, event_id
    ) = 1
)
select
    subject_n,
    event_n,
    occurrence_count as row_value,
    sum(occurrence_count) over (partition by subject_n) as person_value,
    false as is_met_by_code,
    false as is_indeterminate,
    occurrence_count > 0 as is_evidence
from term
