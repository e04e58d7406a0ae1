-- seen_member: whom a decided household held, with their records, in the publication that the person who decided looked at. Grain: decision x person x record.
-- The records told as evidence are seen too, though they may belong to somebody else: a confirmation settles that doubt for this household.
select new_decision.decision_id, register.person_id, record.record_id, register.is_primary
from new_decision
inner join seen.register.household as register on register.household_id = new_decision.household_id
inner join seen.register.person as record on record.person_id = register.person_id
where new_decision.run_id = $run_id
    -- Who was away was not shown to somebody who confirmed; a suppression protects them all the same.
    and (register.is_present or new_decision.decision <> 'confirm')
union
select new_decision.decision_id, evidence.person_id, evidence.record_id, false
from new_decision
inner join seen.cohort.evidence as evidence on evidence.household_id = new_decision.household_id
where new_decision.run_id = $run_id
