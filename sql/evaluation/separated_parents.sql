-- grain: one row. Pairs of parents who live apart and share a child that is at home with both, and how many were put together all the same.
-- Any record of the one with any record of the other counts: half a person in a wrong household does the whole harm.
with apart as (
    select distinct m.person_id as person_id_l, f.person_id as person_id_r
    from (select distinct household_id, other_household_id from true_person where other_household_id is not null) c
    join true_person m on m.household_id = c.household_id and m.role in ('adult', 'partner')
    join true_person f on f.household_id = c.other_household_id and f.role in ('adult', 'partner')
),
home as (
    select r.true_person_id, m.household_id, max(m.membership_probability) as membership_probability
    from (select distinct true_person_id, found_person_id from record_person) r
    join linked.household_member m on m.person_id = r.found_person_id and m.is_primary
    group by r.true_person_id, m.household_id
),
joined as (
    select a.person_id_l, a.person_id_r, max(least(l.membership_probability, r.membership_probability)) as membership_probability
    from apart a
    join home l on l.true_person_id = a.person_id_l
    join home r on r.true_person_id = a.person_id_r and r.household_id = l.household_id
    group by a.person_id_l, a.person_id_r
)
select
    count(*) as pair_count,
    count(j.person_id_l) as joined_count,
    count(*) filter (where j.membership_probability >= $acceptance) as surely_joined_count
from apart a
left join joined j using (person_id_l, person_id_r)
where a.person_id_l in (select true_person_id from home) and a.person_id_r in (select true_person_id from home)
