-- The households that would join or leave the list, those that join first. Grain: household.
select household_id, change, status_before, status_after, district, cluster, ward, gained, lost
from moved
where change <> 'would_change'
order by change, household_id
