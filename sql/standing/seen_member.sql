-- seen_member: whom a decided household held, with their records, in the publication that the person who decided looked at. Grain: decision x person x record.
-- The records told as evidence are seen too, though they may belong to somebody else: a confirmation settles that doubt for this household.
-- `is_former` marks the ids these people had in earlier publications, by which a list that does not follow on this one may know them.
with recursive home as (
    select new_decision.decision_id, new_decision.decision, register.person_id, register.is_primary
    from new_decision
    inner join seen.register.household as register on register.household_id = new_decision.household_id
    where new_decision.run_id = $run_id
        -- Who was away was not shown to somebody who confirmed; a suppression protects them all the same.
        and (register.is_present or new_decision.decision <> 'confirm')
),
named as (
    select decision_id, decision, person_id, is_primary, false as is_former from home
    union
    select named.decision_id, named.decision, case act.act when 'merged' then act.identity_id else act.other_id end, named.is_primary, true
    from named
    inner join seen.register.lineage as act
        on act.identity_kind = 'person' and case act.act when 'merged' then act.other_id when 'split' then act.identity_id end = named.person_id
    where named.decision = 'suppress'
)
select named.decision_id, named.person_id, record.record_id, named.is_primary, named.is_former
from named
left join seen.register.person as record on record.person_id = named.person_id and not named.is_former
union
select new_decision.decision_id, evidence.person_id, evidence.record_id, false, false
from new_decision
inner join seen.cohort.evidence as evidence on evidence.household_id = new_decision.household_id
where new_decision.run_id = $run_id
