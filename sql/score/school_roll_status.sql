-- school_roll_status: whether the child's latest standing is one of the codes. Grain: subject x school of the latest term.
-- Being on another school's roll in the same term outweighs a school that has the child no longer.
with latest as (
    select subject_n, event_n, code
    from member_event
    where event_type = 'school_roll' and from_date between $recent_from and $window_to
    qualify rank() over (partition by subject_n order by from_date desc) = 1
),
standing as (
    select
        *,
        bool_or(code in ('current', 'dual_main', 'dual_subsidiary', 'alternative_provision')) over (partition by subject_n) as is_on_a_roll
    from latest
),
matched as (
    select *, list_contains($codes, code) and (code not in ('off_roll', 'not_on_roll') or not is_on_a_roll) as is_match
    from standing
)
select
    subject_n,
    event_n,
    is_match::integer as row_value,
    max(is_match::integer) over (partition by subject_n) as person_value,
    false as is_met_by_code,
    false as is_indeterminate,
    is_match as is_evidence
from matched
