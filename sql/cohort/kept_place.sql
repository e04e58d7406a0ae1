-- Places that wait for families which have just left the list. Grain: tier x arm x first list without the family.
select tier, arm, off_list_since_date, count(*) as place_count
from cohort.kept_place
where framework_id = coalesce($framework, (select framework_id from audit.run))
group by tier, arm, off_list_since_date
order by tier nulls last, arm, off_list_since_date
