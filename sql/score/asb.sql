-- asb: incidents the person is named responsible for and interventions the person is subject of, each occurrence once. Grain: subject x occurrence.
-- Victims, witnesses and callers never count, whatever the criterion says.
with occurrence as (
    select subject_n, event_n
    from member_event
    where event_type in ('asb_incident', 'asb_intervention')
        and person_role in ('suspect', 'offender', 'perpetrator')
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
