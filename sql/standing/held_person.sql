-- register.held_person: people whom a suppression keeps off every list, wherever they live now. Grain: person x decision.
-- Held by what they were called and by their records, and everybody whom a suppressed household has come to hold since.
with recursive followed as (
    select id as person_id, decision_id, decided_by, decided_at, is_older from held_before where kind = 'person'
    union
    -- Where a person's records turn out to be two people's, both are held: which of them was meant, a person must say.
    select
        case act.act when 'merged' then act.other_id else act.identity_id end,
        followed.decision_id,
        followed.decided_by,
        followed.decided_at,
        followed.is_older
    from followed
    inner join register.lineage as act
        on act.identity_kind = 'person'
        and case act.act when 'merged' then act.identity_id when 'split' then act.other_id end = followed.person_id
        and (act.act = 'merged' or act.run_id = $run_id or (followed.is_older and act.run_id = $previous_run_id))
)
select person_id, decision_id, decided_by, decided_at from followed
union
select record.person_id, held.decision_id, held.decided_by, held.decided_at
from held_before as held
inner join linked.person_record as record on record.record_id = held.id
where held.kind = 'record'
union
select member.person_id, now.decision_id, now.decided_by, now.decided_at
from linked.household_member as member
inner join decision_now as now on now.household_id = member.household_id
where member.is_primary and now.decision = 'suppress'
order by person_id, decision_id
