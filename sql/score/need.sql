-- need: needs of the codes that an agency knew a person to have in the window, each occurrence once a person. Grain: subject x occurrence.
-- One that began before the window and goes on in it counts; victims and perpetrators of abuse alike show a family in which there is abuse.
with occurrence as (
    select subject_n, event_n
    from member_event
    where event_type = 'need'
        and list_contains($codes, code)
        and from_date <= $window_to
        and coalesce(to_date, $window_to) >= $window_from
    qualify row_number() over (partition by subject_n, occurrence_id, code order by from_date desc, link_probability desc, event_id) = 1
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
