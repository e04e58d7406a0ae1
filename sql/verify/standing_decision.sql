-- standing_decision: the decision that holds for each household. Grain: household.
-- Where several stand, a suppression outlives the others, since it protects people; of the rest the latest holds.
select household_id, decision, basis, decided_by, decided_at, decision_id
from register.decision
qualify row_number() over (partition by household_id order by decision = 'suppress' desc, basis, decision_id desc) = 1
