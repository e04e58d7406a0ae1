-- register.household: who lives in each household, and who did when last seen, so that the id waits for them. Grain: household x person.
select
    i.household_id,
    p.person_id,
    m.is_primary,
    i.first_seen_run_id,
    i.first_identified_date,
    coalesce(c.is_confirmed, false) as is_confirmed,
    true as is_present,
    $run_id as last_seen_run_id
from household_membership as m
inner join household_identity as i on i.group_n = m.group_n
inner join household_person as p on p.n = m.n
left join confirmed_member as c on c.household_id = i.household_id and c.n = m.n
union all by name
-- People who are here now have their household above, wherever it is.
select r.* replace (false as is_present)
from previous_register as r
anti join person_now as p on p.person_id = r.person_id
order by household_id, person_id
