-- Grain: gate of the run, those that failed first.
select stage, gate, description, severity, offender_count, is_passed
from audit.gate
order by is_passed, severity <> 'critical', list_position(['landing', 'staging', 'cohort', 'publication'], stage), gate
