-- rent_stage: whether recovery on a running rent account has reached one of the codes. Grain: subject x account.
-- A statutory breathing space takes the account out.
with account as (
    select subject_n, event_n, list_contains($codes, code) as is_at_stage
    from member_event
    where event_type = 'rent_account'
        and person_role in ('tenant', 'joint_tenant')
        and from_date <= $window_to
        and (to_date is null or to_date >= $window_from)
        and not coalesce(is_breathing_space, false)
    qualify row_number() over (
        partition by subject_n, occurrence_id order by as_at_date desc, extract_id desc, source_row desc, event_id
    ) = 1
)
select
    subject_n,
    event_n,
    coalesce(is_at_stage, false)::integer as row_value,
    max(coalesce(is_at_stage, false)::integer) over (partition by subject_n) as person_value,
    false as is_met_by_code,
    false as is_indeterminate,
    coalesce(is_at_stage, false) as is_evidence
from account
