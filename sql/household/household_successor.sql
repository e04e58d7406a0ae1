-- household_successor: the group that holds most people of an earlier household. Grain: previous household still seen, or seen again.
-- People of the last publication count before those it only remembered.
with overlap as (
    select p.household_id, m.group_n, count(*) as people, count(*) filter (where p.is_present) as present_people
    from previous_household as p
    inner join primary_membership as m on m.n = p.n
    group by p.household_id, m.group_n
    qualify row_number() over (partition by p.household_id order by present_people desc, people desc, min(p.n)) = 1
),

told as (
    select household_id, min(first_identified_date) as first_identified_date, min(first_seen_run_id) as first_seen_run_id
    from previous_register
    group by household_id
),

-- An id that once went into another stays gone: decisions follow it there.
gone as (
    select distinct identity_id as household_id from previous_lineage where act = 'merged'
),

placed as (
    select
        o.household_id,
        o.group_n,
        o.people,
        t.first_identified_date,
        t.first_seen_run_id,
        g.household_id is not null as is_gone,
        -- Of several households merged into one the older id stays: identified first, then seen first, then the greater part.
        row_number() over (
            partition by o.group_n
            order by is_gone, o.present_people = 0, t.first_identified_date nulls last, t.first_seen_run_id, o.people desc, o.household_id
        ) as place
    from overlap as o
    inner join told as t on t.household_id = o.household_id
    left join gone as g on g.household_id = o.household_id
)

select household_id, group_n, people, first_identified_date, first_seen_run_id, is_gone, place = 1 and not is_gone as is_kept
from placed
