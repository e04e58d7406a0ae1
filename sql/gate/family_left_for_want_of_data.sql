-- Grain: household that left the list since a source is missing or too old, and not by anything known of it.
select household_id
from cohort.change
where change = 'left' and silent_sources <> ''
