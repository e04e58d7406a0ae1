-- Expectations that did not hold when the publication was made. Grain: expectation.
select suite, expectation, description
from audit.expectation
where not is_success
order by suite, position
