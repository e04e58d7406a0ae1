-- register.held_person: people whom a suppression keeps off every list, wherever they live now. Grain: person x decision.
-- Those whom the household held when it was suppressed, and those it has held since; a release lifts it for the people whom its household held then.
with recursive held as (
    select person_id, decision_id, decided_by, decided_at from carried_hold
    union
    select seen.person_id, own.decision_id, own.decided_by, own.decided_at
    from own_decision as own
    inner join seen_member as seen on seen.decision_id = own.decision_id and seen.is_primary
    where own.decision = 'suppress'
),
released as (
    select seen.person_id, max(release.decision_id) as decision_id
    from new_decision as release
    inner join seen_member as seen on seen.decision_id = release.decision_id and seen.is_primary
    where release.decision = 'release'
    group by seen.person_id
),
standing as (
    select held.*
    from held
    left join released using (person_id)
    where held.decision_id > coalesce(released.decision_id, 0)
),
followed as (
    from standing
    union
    -- Where a person's records turn out to be two people's, both are held: which of them was meant, a person must say.
    select case act.act when 'merged' then act.other_id else act.identity_id end, followed.decision_id, followed.decided_by, followed.decided_at
    from followed
    inner join register.lineage as act
        on act.identity_kind = 'person'
        and case act.act when 'merged' then act.identity_id when 'split' then act.other_id end = followed.person_id
        and act.run_id = $run_id
)
from followed
union
select member.person_id, now.decision_id, now.decided_by, now.decided_at
from linked.household_member as member
inner join decision_now as now on now.household_id = member.household_id
where member.is_primary and now.decision = 'suppress'
order by person_id, decision_id
