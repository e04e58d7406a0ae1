-- standing_decision: the decisions the run knew, as it published them. Grain: household.
select distinct household_id, decision, decided_by, decided_at
from run.cohort.family
where decision is not null
