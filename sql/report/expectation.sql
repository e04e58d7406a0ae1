-- Grain: expectation of the run, those that did not hold first.
select stage, suite, expectation, description, severity, is_success, checked_count, unexpected_count
from audit.expectation
order by is_success, severity <> 'critical', list_position(['landing', 'staging', 'cohort'], stage), suite, position
