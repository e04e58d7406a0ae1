-- What the statements need of a run and runs of earlier versions lack; no row. Grain: household.
select family.ward, event.technical_arrears_gbp
from run.cohort.family as family
cross join run.staging.event as event
limit 0
