-- Grain: framework x status.
select framework_id, status, count(*)::integer as family_count
from cohort.family
group by framework_id, status
order by framework_id, status
