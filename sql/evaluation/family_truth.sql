-- grain: assessed household x framework. The true household most of its primary members belong to, and whether that one qualifies.
with person_truth as (
    select found_person_id, true_person_id, true_household_id, count(*) as record_count
    from record_person
    group by found_person_id, true_person_id, true_household_id
    qualify row_number() over (partition by found_person_id order by record_count desc, true_person_id) = 1
),
household_truth as (
    select m.household_id, p.true_household_id, count(*) as member_count, bool_or(m.is_primary) as has_primary
    from linked.household_member m
    join person_truth p on p.found_person_id = m.person_id
    group by m.household_id, p.true_household_id
    qualify row_number() over (
        partition by m.household_id order by has_primary desc, count(*) filter (where m.is_primary) desc, member_count desc, p.true_household_id
    ) = 1
)
select f.household_id, f.framework_id, f.status, t.true_household_id, coalesce(q.qualifies, false) as is_true
from cohort.family f
left join household_truth t using (household_id)
left join true_framework q on q.household_id = t.true_household_id and q.framework_id = f.framework_id
order by f.framework_id, f.household_id
