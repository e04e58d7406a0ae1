-- Rejections that stand on a household which qualifies now. Grain: decision.
select distinct decision.decision_id
from register.decision as decision
inner join qualification on qualification.household_id = decision.household_id and qualification.qualifying_rule is not null
where decision.decision = 'reject'
