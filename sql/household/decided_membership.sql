-- decided_membership: what people decided about memberships, told of this run's people: somebody and each person whom the household held in the last publication.
-- Ids that merged since lead to their successor. Grain: pair of persons.
with recursive follows as (
    select person_id, person_id as now_id
    from (select person_id from previous_register union select person_id from recorded_member)
    union
    select follows.person_id, act.other_id
    from follows
    inner join register.lineage as act on act.identity_kind = 'person' and act.act = 'merged' and act.identity_id = follows.now_id
),
home as (
    select household_id, household_id as now_id from recorded_member
    union
    select home.household_id, act.other_id
    from home
    inner join previous_lineage as act on act.act = 'merged' and act.identity_id = home.now_id
)
select
    least(own.now_id, other.now_id) as person_id_l,
    greatest(own.now_id, other.now_id) as person_id_r,
    max(recorded.decision) as decision,
    -- Whom it was decided on; the other was in the household already.
    max(own.now_id) as subject_id
from recorded_member as recorded
inner join home on home.household_id = recorded.household_id
inner join previous_register as held on held.household_id = home.now_id and held.is_primary and held.person_id <> recorded.person_id
inner join follows as own on own.person_id = recorded.person_id
inner join follows as other on other.person_id = held.person_id
where recorded.decision in ('belongs', 'apart') and own.now_id <> other.now_id
-- Of two decisions that contradict each other on a pair, none holds.
group by least(own.now_id, other.now_id), greatest(own.now_id, other.now_id)
having count(distinct recorded.decision) = 1
order by 1, 2
