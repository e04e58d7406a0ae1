-- Grain: source of the run.
select *
from audit.extract
order by source
