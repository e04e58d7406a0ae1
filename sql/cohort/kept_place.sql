-- Places that wait for families which have just left the list. Grain: tier x arm x first list without the family.
-- Where sources are barred, a family counts that is still assessed and that none of them identifies.
select place.tier, place.arm, place.off_list_since_date, count(*) as place_count
from cohort.kept_place as place
left join cohort.family as family on family.household_id = place.household_id and family.framework_id = place.framework_id
where place.framework_id = coalesce($framework, (select framework_id from audit.run))
    and (len($barred) = 0 or not list_has_any(string_split(family.identifying_sources, ','), $barred))
group by place.tier, place.arm, place.off_list_since_date
order by place.tier nulls last, place.arm, place.off_list_since_date
