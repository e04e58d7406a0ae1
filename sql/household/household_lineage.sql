-- register.lineage, rows of kind household: what became of each household id in this run. Grain: id x act x other id.
with now as (
    select i.group_n, i.household_id, i.is_new, count(*) as people
    from household_identity as i
    inner join primary_membership as m on m.group_n = i.group_n
    group by i.group_n, i.household_id, i.is_new
),

-- Where a new household's people were: most of them, and any who come back from one that went into another while they were away.
came as (
    select m.group_n, p.household_id, count(*) as people, count(*) filter (where p.is_present) as present_people
    from primary_membership as m
    inner join previous_household as p on p.n = m.n
    group by m.group_n, p.household_id
),

origin as (
    select c.*
    from came as c
    inner join household_successor as s on s.household_id = c.household_id
    qualify s.is_gone or row_number() over (partition by c.group_n order by c.present_people desc, c.people desc, c.household_id) = 1
),

before as (
    select household_id, count(*) as people, bool_or(is_present) as was_present
    from previous_register
    where is_primary
    group by household_id
),

act as (
    select n.household_id as identity_id, 'created' as act, '' as other_id, 
        format('First seen; then its main home was that of {} {}.', n.people, if(n.people = 1, 'person', 'people')) as reason
    from now as n
    where n.is_new and n.group_n not in (select group_n from origin)
    union all
    select n.household_id, 'split', o.household_id, format('{} of its {} people lived in a household that goes on without them.', o.people, n.people)
    from now as n
    inner join origin as o on o.group_n = n.group_n
    where n.is_new
    union all
    select s.household_id, 'merged', n.household_id, format('{} of its {} people now live in the household that keeps its id.', s.people, b.people)
    from household_successor as s
    inner join now as n on n.group_n = s.group_n
    inner join before as b on b.household_id = s.household_id
    where not s.is_kept and not s.is_gone
    union all
    -- People whose main home is another household now that stood before: neither the id that theirs merged into nor one that split from it.
    select c.household_id, 'moved', n.household_id, format('{} of its {} people have their main home in that household now.', c.present_people, b.people)
    from came as c
    inner join now as n on n.group_n = c.group_n
    inner join before as b on b.household_id = c.household_id
    anti join household_successor as s on s.household_id = c.household_id and s.group_n = c.group_n
    anti join (select o.group_n, o.household_id from origin as o inner join now as made on made.group_n = o.group_n where made.is_new) as parted
        on parted.household_id = c.household_id and parted.group_n = c.group_n
    where c.present_people > 0
    union all
    select b.household_id, 'retired', '', format('None of its {} people is in the extracts any more.', b.people)
    from before as b
    where b.was_present and b.household_id not in (select household_id from household_successor)
    union all
    select s.household_id, 'returned', '', format('{} of its {} people are in the extracts again.', s.people, b.people)
    from household_successor as s
    inner join before as b on b.household_id = s.household_id
    where s.is_kept and not b.was_present
)

select 'household' as identity_kind, identity_id, act, other_id, reason, $run_id as run_id
from act
order by identity_id, act, other_id
