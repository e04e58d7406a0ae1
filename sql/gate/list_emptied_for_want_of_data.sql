-- Grain: household that left a list which is empty now, since a source is missing or too old.
select household_id
from cohort.change
where change = 'left' and silent_sources <> '' and not exists (from cohort.verified_families)
