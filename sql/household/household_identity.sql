-- household_identity: the id of each group: the one it had, or a new one from the people who found it. Grain: group.
with founded as (
    select m.group_n, string_agg(p.person_id, ',' order by p.person_id) as people
    from primary_membership as m
    inner join household_person as p on p.n = m.n
    group by m.group_n
)

select
    f.group_n,
    -- The previous run's id keeps a new household apart from one whose people were the same when it was founded.
    coalesce(s.household_id, 'H' || substr(md5(f.people || '|' || $previous_run_id), 1, 16)) as household_id,
    coalesce(s.first_seen_run_id, $run_id) as first_seen_run_id,
    s.first_identified_date,
    s.household_id is null as is_new
from founded as f
left join household_successor as s on s.group_n = f.group_n and s.is_kept
