-- proven_offence: offences with a proven disposal, each occurrence once a person. Grain: subject x occurrence.
with occurrence as (
    select subject_n, event_n
    from member_event
    inner join subject using (subject_n)
    where not exists(from silent_source as silent where silent.household_id = subject.household_id and silent.source = member_event.source)
        and event_type = 'proven_offence'
        and person_role in ('suspect', 'offender', 'perpetrator')
        and list_contains($qualifiers, qualifier)
        and from_date between $window_from and $window_to
    qualify row_number() over (partition by subject_n, occurrence_id order by from_date desc, link_probability desc, event_id) = 1
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
