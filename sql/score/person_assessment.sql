-- person_assessment: what each criterion finds for each subject that has any record for it. Grain: criterion x subject.
-- `is_covered` is null where the criterion is about an age nobody knows for the person.
with person as (
    select
        measure_n,
        subject_n,
        max(person_value) as value,
        bool_or(is_met_by_code) as is_met_by_code,
        bool_or(is_indeterminate) as is_indeterminate
    from measured
    group by measure_n, subject_n
)
select
    criterion.criterion_n,
    subject.household_id,
    subject.subject_n,
    subject.is_whole,
    subject.is_strong,
    subject.is_doubtful,
    person.value,
    person.is_indeterminate,
    coalesce(case criterion.operator when '>' then person.value > criterion.threshold else person.value >= criterion.threshold end, false)
    or person.is_met_by_code as is_met,
    (criterion.subject in ('member', 'household') or case subject.member_role when 'unknown' then null else subject.member_role = criterion.subject end)
    and (criterion.age_from is null or subject.age between criterion.age_from and criterion.age_to)
    and (not criterion.is_school_age or subject.is_of_school_age) as is_covered
from person
inner join condition as criterion using (measure_n)
inner join subject using (subject_n)
left join silent_criterion as silent on silent.household_id = subject.household_id and silent.criterion_n = criterion.criterion_n
where silent.is_all is distinct from true
