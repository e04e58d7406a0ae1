-- Grain: listed household whose rule rests on a link or membership below acceptance that nobody confirmed.
select household_id
from cohort.verified_families
where link_confidence < $acceptance_probability and decision is distinct from 'confirm'
