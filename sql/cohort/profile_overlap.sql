-- Families by the exact set of headline problems they have. Grain: set of headline problems.
select headlines_met as headlines, count(*) as family_count
from cohort.family
where framework_id = coalesce($framework, (select framework_id from audit.run)) and status = $status
group by headlines_met
order by family_count desc, headlines
