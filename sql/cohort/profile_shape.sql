-- Families by adults and children. Grain: shape of household.
select
    case when adult_count >= 3 then '3 or more' else adult_count::varchar end as adults,
    case when child_count >= 4 then '4 or more' else child_count::varchar end as children,
    count(*) as family_count
from cohort.family
where framework_id = coalesce($framework, (select framework_id from audit.run)) and status = $status
group by adults, children
order by adults, children
