-- benefit_duration: whole months since the person's present spell on the codes' benefits began. Grain: subject x award of the spell.
-- Awards that follow one another within 28 days are one spell: a change of benefit, or of partner, is no end of worklessness.
-- Universal Credit counts under the given conditionality only; a running award without any says nothing either way.
with award as (
    select
        subject_n,
        event_n,
        from_date,
        to_date,
        to_date is null or to_date >= $window_from as is_running,
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
    qualify row_number() over (
        partition by subject_n, occurrence_id order by as_at_date desc, extract_id desc, source_row desc, event_id
    ) = 1
),
started as (
    select
        *,
        max(coalesce(to_date, $window_to)) over (
            partition by subject_n order by from_date, event_n rows between unbounded preceding and 1 preceding
        ) + 28 < from_date as is_new_spell
    from award
    where is_out_of_work
),
spell as (
    select *, count(*) filter (where is_new_spell) over (partition by subject_n order by from_date, event_n) as spell_n
    from started
),
present as (
    select *, min(from_date) over (partition by subject_n, spell_n) as spell_from
    from spell
    qualify bool_or(is_running) over (partition by subject_n, spell_n)
)
select
    subject_n,
    event_n,
    date_sub('month', from_date, $window_to) as row_value,
    max(date_sub('month', spell_from, $window_to)) over (partition by subject_n) as person_value,
    false as is_met_by_code,
    false as is_indeterminate,
    true as is_evidence
from present
union all
select subject_n, event_n, 0 as row_value, null as person_value, false as is_met_by_code, true as is_indeterminate, false as is_evidence
from award
where is_out_of_work is null and is_running
