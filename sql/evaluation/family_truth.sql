-- grain: assessed household x framework. The true household most of its primary members live in, and whether that one qualifies.
-- A child at home in two lives in both: a father and the children who live with him and with their mother are his household, not hers.
with person_truth as (
    select found_person_id, true_person_id, count(*) as record_count
    from record_person
    group by found_person_id, true_person_id
    qualify row_number() over (partition by found_person_id order by record_count desc, true_person_id) = 1
),
home as (
    select person_id, household_id, true as is_first from true_person where household_id is not null
    union all
    select person_id, other_household_id, false from true_person where other_household_id is not null
),
household_truth as (
    select
        m.household_id,
        home.household_id as true_household_id,
        count(*) filter (where m.is_primary) as main_count,
        count(*) filter (where home.is_first) as first_count
    from linked.household_member m
    join person_truth p on p.found_person_id = m.person_id
    join home on home.person_id = p.true_person_id
    group by m.household_id, home.household_id
    qualify row_number() over (partition by m.household_id order by main_count desc, first_count desc, count(*) desc, home.household_id) = 1
)
select f.household_id, f.framework_id, f.status, t.true_household_id, coalesce(q.qualifies, false) as is_true
from cohort.family f
left join household_truth t using (household_id)
left join true_framework q on q.household_id = t.true_household_id and q.framework_id = f.framework_id
order by f.framework_id, f.household_id
