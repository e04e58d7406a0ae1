-- grain: basis of membership. Whether a stated probability comes true: how many members with so sure a place truly live in the household they were put in.
-- A household stands for the true one most of its main members live in; a child at home in two belongs to both.
with person_truth as (
    select found_person_id, true_person_id, count(*) as record_count
    from record_person
    group by found_person_id, true_person_id
    qualify row_number() over (partition by found_person_id order by record_count desc, true_person_id) = 1
),
member as (
    select m.household_id, m.basis, m.membership_probability, m.is_primary, t.person_id, t.household_id as true_household_id, t.other_household_id
    from linked.household_member m
    join person_truth p on p.found_person_id = m.person_id
    join true_person t on t.person_id = p.true_person_id
),
stands_for as (
    select household_id, true_household_id, sum(membership_probability) as weight
    from member
    where is_primary
    group by household_id, true_household_id
    qualify row_number() over (partition by household_id order by round(weight, 6) desc, true_household_id) = 1
)
select
    m.basis,
    count(*) as member_count,
    round(avg(m.membership_probability), 4) as stated,
    round(avg(coalesce(s.true_household_id in (m.true_household_id, m.other_household_id), false)::integer), 4) as true_share
from member m
join stands_for s using (household_id)
where m.basis <> 'single_person'
group by m.basis
order by m.basis
