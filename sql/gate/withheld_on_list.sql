-- Grain: listed household that a person rejected, deferred or suppressed.
select household_id
from cohort.verified_families
where list_contains($withheld, household_id) or decision in ('reject', 'defer', 'suppress')
