-- register.lineage of people: what became of each id, in this run and before. Grain: id x act x other id x run.
with moved as (
    select link_person.cluster, link_person.person_id, link_person.is_kept, former.person_id as previous_id
    from link_person
    inner join former_person as former on former.cluster = link_person.cluster
),
earlier as (
    select person_id, bool_or(is_present) as was_present
    from previous_person
    group by person_id
),
-- Both ways round: a person holds records of the one cluster and of the other to be two people's.
told_apart as (
    select l.cluster, r.cluster as other_cluster
    from link_decision as decided
    inner join link_cluster as l on l.n = decided.n_l
    inner join link_cluster as r on r.n = decided.n_r and r.cluster <> l.cluster
    where decided.decision = 'different'
    union
    select r.cluster, l.cluster
    from link_decision as decided
    inner join link_cluster as l on l.n = decided.n_l
    inner join link_cluster as r on r.n = decided.n_r and r.cluster <> l.cluster
    where decided.decision = 'different'
),
parted as (
    select told_apart.cluster, former.person_id as previous_id
    from told_apart
    inner join former_person as former on former.cluster = told_apart.other_cluster
),
current as (
    select person_id as identity_id, 'created' as act, '' as other_id, 'First seen: none of its records was known before.' as reason
    from link_person
    where not is_kept and cluster not in (select cluster from moved)
    union all by name
    select person_id as identity_id, 'split' as act, previous_id as other_id,
        if((cluster, previous_id) in (from parted),
            'A person decided that its records and others of the earlier person are two people''s.',
            'Its records no longer link to the others of the earlier person.') as reason
    from moved
    where not is_kept
    union all by name
    select distinct moved.previous_id as identity_id, 'merged' as act, moved.person_id as other_id, 'Its records now link to another person''s.' as reason
    from moved
    where moved.is_kept and moved.previous_id <> moved.person_id and moved.previous_id not in (select person_id from link_person)
    union all by name
    select person_id as identity_id, 'retired' as act, '' as other_id, 'None of its records is in the extracts any more.' as reason
    from earlier
    where was_present and person_id not in (select previous_id from moved)
    union all by name
    select link_person.person_id as identity_id, 'returned' as act, '' as other_id, 'Its records are in the extracts again.' as reason
    from link_person
    inner join earlier on earlier.person_id = link_person.person_id
    where not earlier.was_present
)
select 'person' as identity_kind, *, $run_id as run_id
from current
union all by name
from previous_lineage
order by run_id, identity_id, act, other_id
