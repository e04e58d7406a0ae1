-- Grain: decision on a household that is assessed no more, some of whose people are in this one; suppressions follow people by themselves.
select decision.household_id, decision.decision, decision.decided_by, decision.decided_at
from register.lineage as act
inner join register.decision as decision on decision.household_id = if(act.act = 'split', act.other_id, act.identity_id)
where act.identity_kind = 'household'
    and $household_id = case act.act when 'split' then act.identity_id when 'moved' then act.other_id end
    and decision.basis = 'household'
    and decision.decision not in ('suppress', 'release')
    and decision.household_id not in (select household_id from cohort.family)
    and decision.decided_at > coalesce((select max(decided_at) from register.decision where household_id = $household_id), timestamp '0001-01-01')
order by decision.decided_at, decision.household_id
