-- decision_now: decisions that stand for each household id now, those on ids that merged into it in this run included. Grain: household id x decision.
select household_id, decision_id, decision, decided_by, decided_at from own_decision
union
select act.other_id, own.decision_id, own.decision, own.decided_by, own.decided_at
from own_decision as own
inner join register.lineage as act
    on act.identity_kind = 'household' and act.act = 'merged' and act.run_id = $run_id and act.identity_id = own.household_id
where own.decision <> 'release'
