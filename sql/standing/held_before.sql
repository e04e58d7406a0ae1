-- held_before: people and records that a suppression protects, under the ids they were protected by. Grain: kind x id x decision.
-- Those whom the household held when it was suppressed, and those carried on; a release lifts it for the people whom its household held then.
-- `is_older` marks holds seen in another publication than the one before this run: what became of ids in that one is news to them.
with held as (
    select 'person' as kind, person_id as id, decision_id, decided_by, decided_at, false as is_older from carried_hold
    union
    select 'record', record_id, decision_id, decided_by, decided_at, false from carried_record
    union
    select unnest(['person', 'record']), unnest([seen.person_id, seen.record_id]), own.decision_id, own.decided_by, own.decided_at, new.run_id <> $previous_run_id
    from own_decision as own
    inner join new_decision as new on new.decision_id = own.decision_id
    inner join seen_member as seen on seen.decision_id = own.decision_id and seen.is_primary
    where own.decision = 'suppress' and (not seen.is_former or new.run_id <> $previous_run_id)
),
released as (
    select kind, id, max(decision_id) as decision_id
    from (
        select unnest(['person', 'record']) as kind, unnest([seen.person_id, seen.record_id]) as id, release.decision_id
        from new_decision as release
        inner join seen_member as seen on seen.decision_id = release.decision_id and seen.is_primary
        where release.decision = 'release'
    )
    group by kind, id
)
select held.*
from held
left join released using (kind, id)
where held.id is not null and held.decision_id > coalesce(released.decision_id, 0)
