-- decided_membership: what people decided about memberships, told of this run's people: somebody and each person whom the household held in the last
-- publication. Ids that merged since lead to their successor. Grain: pair of persons.
with recursive home as (
    select household_id, household_id as now_id from recorded_member
    union
    select home.household_id, act.other_id
    from home
    inner join previous_lineage as act on act.act = 'merged' and act.identity_id = home.now_id
),
-- Narrowed to whom decisions are about before ids are followed: a whole register followed twice would be far too much.
spoken as materialized (
    select distinct recorded.person_id, held.person_id as other_id, recorded.decision
    from recorded_member as recorded
    inner join home on home.household_id = recorded.household_id
    inner join previous_register as held on held.household_id = home.now_id
    where recorded.decision in ('belongs', 'apart') and held.is_primary and held.person_id <> recorded.person_id
),
follows as (
    select person_id, person_id as now_id from spoken
    union
    select other_id, other_id from spoken
    union
    select follows.person_id, act.other_id
    from follows
    inner join register.lineage as act on act.identity_kind = 'person' and act.act = 'merged' and act.identity_id = follows.now_id
),
paired as (
    select own.now_id as subject_id, other.now_id as other_id, spoken.decision
    from spoken
    inner join follows as own on own.person_id = spoken.person_id
    inner join follows as other on other.person_id = spoken.other_id
)
select
    least(subject_id, other_id) as person_id_l,
    greatest(subject_id, other_id) as person_id_r,
    max(decision) as decision,
    -- Whom it was decided on; the other was in the household already.
    max(subject_id) as subject_id
from paired
where subject_id <> other_id
-- Of two decisions that contradict each other on a pair, none holds.
group by least(subject_id, other_id), greatest(subject_id, other_id)
having count(distinct decision) = 1
order by 1, 2
