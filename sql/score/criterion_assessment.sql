-- criterion_assessment: three-valued result of each criterion for each assessed household, before words. Grain: household x criterion.
-- Evidence that is strong throughout is preferred; weaker evidence counts only where there is none, and doubtful evidence last.
with found as (
    select
        household_id,
        criterion_n,
        bool_or(is_met and is_covered and is_strong) as is_met_strongly,
        bool_or(is_met and is_covered and not is_doubtful) as is_met_wholly,
        bool_or(is_met and is_covered) as is_met,
        bool_or(is_met and is_covered is null and not is_doubtful) as is_met_at_unknown_age,
        bool_or(is_indeterminate and is_covered is distinct from false and not is_doubtful) as is_indeterminate,
        count(*) filter (where is_whole and is_covered) as person_count,
        max(value) filter (where is_covered and is_whole) as value,
        max(value) filter (where is_met and is_covered and is_strong) as value_strong,
        max(value) filter (where is_met and is_covered and is_doubtful) as value_doubtful
    from person_assessment
    group by household_id, criterion_n
),
-- Where silence says nothing: children of school age the criterion covers, and how many of them the source knows.
expected as (
    select
        subject.household_id,
        criterion.criterion_n,
        count(*) as expected_count,
        count(known.subject_n) as known_count
    from subject
    inner join condition as criterion on criterion.silence = 'not_assessed' and (criterion.age_from is null or subject.age between criterion.age_from and criterion.age_to)
    left join person_assessment as known on known.criterion_n = criterion.criterion_n and known.subject_n = subject.subject_n
    where subject.is_whole and subject.person_id is not null and subject.member_role = 'child' and coalesce(subject.is_of_school_age, true)
    group by subject.household_id, criterion.criterion_n
)
select
    household.household_id,
    criterion.criterion_n,
    case
        when not criterion.is_delivered then 'not_assessed'
        when silent.is_all then 'not_assessed'
        when found.is_met then 'met'
        when silent.criterion_n is not null or len(criterion.undelivered) > 0 then 'not_assessed'
        when found.is_met_at_unknown_age or found.is_indeterminate then 'not_assessed'
        when expected.known_count < expected.expected_count then 'not_assessed'
        else 'not_met'
    end as assessment,
    coalesce(found.is_met_strongly, false) as is_met_strongly,
    coalesce(found.is_met_wholly, false) as is_met_wholly,
    coalesce(found.is_met_at_unknown_age, false) as is_met_at_unknown_age,
    coalesce(found.is_indeterminate, false) as is_indeterminate,
    coalesce(found.person_count, 0) as person_count,
    coalesce(expected.expected_count, 0) as expected_count,
    coalesce(expected.known_count, 0) as known_count,
    case when found.is_met_strongly then found.value_strong when found.is_met and not found.is_met_wholly then found.value_doubtful else found.value end as value,
    silent.why
from assessed_household as household
cross join condition as criterion
left join found on found.household_id = household.household_id and found.criterion_n = criterion.criterion_n
left join expected on expected.household_id = household.household_id and expected.criterion_n = criterion.criterion_n
left join silent_criterion as silent on silent.household_id = household.household_id and silent.criterion_n = criterion.criterion_n
left join household_district as place on place.household_id = household.household_id
where (household.has_child or criterion.is_for_expecting)
    and (len(criterion.districts) = 0 or list_contains(criterion.districts, place.district))
    and (len(criterion.wards) = 0 or list_contains(criterion.wards, place.ward))
