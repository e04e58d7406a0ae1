-- proven_offence: offences with a proven disposal, each occurrence once a person. Grain: subject x occurrence.
-- The police and the youth justice service tell of one offence without a common reference: of two sources' offences of one person on one day,
-- each of the one stands for one of the other. Evidence is the police's row.
with told as (
    select subject_n, event_n, occurrence_id, member_event.source, from_date, link_probability, event_id
    from member_event
    inner join subject using (subject_n)
    where not exists(from silent_source as silent where silent.household_id = subject.household_id and silent.source = member_event.source)
        and event_type = 'proven_offence'
        and person_role in ('suspect', 'offender', 'perpetrator')
        and list_contains($qualifiers, qualifier)
        and from_date between $window_from and $window_to
    qualify row_number() over (partition by subject_n, occurrence_id order by from_date desc, link_probability desc, event_id) = 1
),
numbered as (
    select *, row_number() over (partition by subject_n, from_date, source order by link_probability desc, event_id) as place_of_day
    from told
),
occurrence as (
    select subject_n, event_n
    from numbered
    qualify row_number() over (partition by subject_n, from_date, place_of_day order by (source = 'police_asb') desc, source) = 1
)
select
    subject_n,
    event_n,
    1 as row_value,
    count(*) over (partition by subject_n) as person_value,
    false as is_met_by_code,
    false as is_indeterminate,
    true as is_evidence
from occurrence
