-- out_of_work_benefit: awards at the date, each once a person. Grain: subject x award.
-- Universal Credit is paid in and out of work: it counts under the given conditionality only, and without any it says nothing either way.
with award as (
    select
        subject_n,
        event_n,
        case
            when code <> 'UC' then true
            when qualifier is not null then list_contains($qualifiers, qualifier)
            else not is_in_work
        end as is_out_of_work
    from member_event
    where event_type = 'benefit'
        and person_role = 'claimant'
        and list_contains($codes, code)
        and from_date <= $window_to
        and (to_date is null or to_date >= $window_from)
    qualify row_number() over (
        partition by subject_n, occurrence_id order by as_at_date desc, extract_id desc, source_row desc, event_id
    ) = 1
)
select
    subject_n,
    event_n,
    coalesce(is_out_of_work, false)::integer as row_value,
    count(*) filter (where is_out_of_work) over (partition by subject_n) as person_value,
    false as is_met_by_code,
    is_out_of_work is null as is_indeterminate,
    coalesce(is_out_of_work, false) as is_evidence
from award
where is_out_of_work is distinct from false
