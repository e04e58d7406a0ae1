-- rent_arrears: arrears of a running rent account in weeks of its rent, or a stage of recovery. Grain: subject x account.
-- Arrears that a payment of benefit in arrears explains are technical and owed by nobody: they are left out. A statutory breathing space takes the account out. Pence as whole numbers, so that exactly eight weeks is eight.
with account as (
    select
        subject_n,
        event_n,
        ((arrears_gbp - coalesce(technical_arrears_gbp, 0)) * 100)::bigint as arrears_pence,
        (weekly_rent_gbp * 100)::bigint as rent_pence,
        list_contains($codes, code) as is_at_stage
    from member_event
    where event_type = 'rent_account'
        and person_role in ('tenant', 'joint_tenant')
        and from_date <= $window_to
        and (to_date is null or to_date >= $window_from)
        and not coalesce(is_breathing_space, false)
    qualify row_number() over (
        partition by subject_n, occurrence_id order by as_at_date desc, extract_id desc, source_row desc, event_id
    ) = 1
),
weeks as (
    select *, case when arrears_pence <= 0 then 0 when rent_pence > 0 then arrears_pence::double / rent_pence end as weeks_owed
    from account
)
select
    subject_n,
    event_n,
    weeks_owed as row_value,
    max(weeks_owed) over (partition by subject_n) as person_value,
    bool_or(is_at_stage) over (partition by subject_n) as is_met_by_code,
    weeks_owed is null as is_indeterminate,
    coalesce(weeks_owed > 0, false) or is_at_stage as is_evidence
from weeks
