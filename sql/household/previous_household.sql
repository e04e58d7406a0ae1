-- previous_household: whom each household of the last publication held, under the person ids of this run. Grain: household x person, main households only.
with recursive follows as (
    select person_id, person_id as now_id from (select distinct person_id from previous_register)
    union
    select f.person_id, l.other_id as now_id
    from follows as f
    inner join person_merge as l on l.identity_id = f.now_id
)

select distinct r.household_id, p.n
from previous_register as r
inner join follows as f on f.person_id = r.person_id
inner join household_person as p on p.person_id = f.now_id
where r.is_primary
