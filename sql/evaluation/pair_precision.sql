-- grain: one row. Pairs of people of private households who are in one household found, those of them whose first home is one,
-- and those who truly live together in any: a child at home with both separated parents lives with either.
with pair as (
    select
        l.true_household_id = r.true_household_id as is_first_home,
        coalesce(p.other_household_id = r.true_household_id, false) or coalesce(q.other_household_id = l.true_household_id, false) as is_other_home
    from person_home l
    join person_home r on r.found_household_id = l.found_household_id and r.true_person_id > l.true_person_id
    join true_person p on p.person_id = l.true_person_id
    join true_person q on q.person_id = r.true_person_id
)
select count(*) as pairs, count(*) filter (is_first_home) as first_home, count(*) filter (is_first_home or is_other_home) as any_home
from pair
