-- Grain: stage of the run.
select stage, position, counts
from audit.stage
order by position
