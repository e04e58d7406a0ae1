-- Grain: household x framework, as filtered; those who meet most come first.
select *
from cohort.family
where framework_id = coalesce($framework, (select framework_id from audit.run))
    and ($status::varchar is null or status = $status)
    and ($district::varchar is null or district = $district)
order by headline_count desc, district, household_id
