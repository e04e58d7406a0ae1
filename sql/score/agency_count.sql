-- agency_count: agencies that act on the household, each once. Grain: household as a subject x event that shows an agency at work.
-- Being a pupil, a tenant, a victim or with child is no involvement: the police must name a member responsible, a school have suspended or excluded, the
-- landlord have taken a step of recovery, the DWP pay an out-of-work benefit. Sources that are silent are left out, so the count is a lower bound.
with involved as (
    select
        subject.household_id,
        subject.is_whole,
        subject.is_strong,
        event.event_n,
        -- An offence shows the police at work, whoever tells of it: the youth justice service tells of the same ones.
        case event.event_type when 'proven_offence' then 'police_asb' else event.source end as agency
    from member_event as event
    inner join subject using (subject_n)
    left join silent_source as silent on silent.household_id = subject.household_id and silent.source = event.source
    where silent.source is null
        and case event.event_type
            when 'asb_incident' then person_role in ('suspect', 'offender', 'perpetrator') and from_date between $window_from and $window_to
            when 'asb_intervention' then person_role in ('suspect', 'offender', 'perpetrator') and from_date between $window_from and $window_to
            when 'proven_offence' then person_role in ('suspect', 'offender', 'perpetrator') and from_date between $window_from and $window_to
            when 'suspension' then occurrence_count > 0 and from_date between $window_from and $window_to
            when 'permanent_exclusion' then occurrence_count > 0 and from_date between $window_from and $window_to
            when 'rent_account' then
                person_role in ('tenant', 'joint_tenant')
                and code <> 'none'
                and from_date <= $window_to
                and (to_date is null or to_date >= $window_to)
                and not coalesce(is_breathing_space, false)
            when 'benefit' then
                person_role = 'claimant'
                and (
                    code in ('JSA', 'ESA', 'IS', 'IB', 'SDA', 'CA')
                    or (code = 'UC' and qualifier in ('no_work_related', 'work_focused_interview', 'work_preparation', 'searching'))
                )
                and from_date <= $window_to
                and (to_date is null or to_date >= $window_to)
            when 'need' then code <> 'pregnancy' and from_date <= $window_to and coalesce(to_date, $window_to) >= $window_from and event.source in ('social_care', 'early_help', 'health')
            else false
        end
)
select
    household.subject_n,
    involved.event_n,
    1 as row_value,
    count(distinct involved.agency) over (partition by household.subject_n) as person_value,
    false as is_met_by_code,
    false as is_indeterminate,
    true as is_evidence
from involved
inner join subject as household
    on household.household_id = involved.household_id
    and household.person_id is null
    and case when household.is_whole then involved.is_whole else involved.is_strong end
