-- person_now: people of the register who are here in this run, under this run's ids. Grain: earlier person id.
with recursive follows as (
    select person_id, person_id as now_id from (select distinct person_id from previous_register)
    union
    select f.person_id, l.other_id as now_id
    from follows as f
    inner join person_merge as l on l.identity_id = f.now_id
)

select f.person_id, p.n
from follows as f
inner join household_person as p on p.person_id = f.now_id
