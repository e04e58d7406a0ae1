-- What the statements need of a run and runs of earlier versions lack; no row. Grain: household.
select ward
from run.cohort.family
limit 0
