-- household_successor: the group that holds most people of a household of the last publication. Grain: previous household still seen.
with overlap as (
    select p.household_id, m.group_n, count(*) as people
    from previous_household as p
    inner join primary_membership as m on m.n = p.n
    group by p.household_id, m.group_n
    qualify row_number() over (partition by p.household_id order by people desc, min(p.n)) = 1
),

told as (
    select household_id, min(first_identified_date) as first_identified_date, min(first_seen_run_id) as first_seen_run_id
    from previous_register
    group by household_id
)

select
    o.household_id,
    o.group_n,
    o.people,
    t.first_identified_date,
    t.first_seen_run_id,
    -- Of several households merged into one the older id stays: identified first, then seen first, then the greater part.
    row_number() over (
        partition by o.group_n
        order by t.first_identified_date nulls last, t.first_seen_run_id, o.people desc, o.household_id
    ) = 1 as is_kept
from overlap as o
inner join told as t on t.household_id = o.household_id
