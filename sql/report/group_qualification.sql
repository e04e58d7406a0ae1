-- group_qualification: people of assessed families by group, and those whose family is verified or in review. Grain: dimension x value.
select who.dimension, who.value, count(*) as people, count(*) filter (where family.status in ('verified', 'review')) as hits
from person_group as who
inner join linked.household_member as member on member.person_id = who.person_id and member.is_primary
inner join cohort.family as family on family.household_id = member.household_id and family.framework_id = $framework_id
group by who.dimension, who.value
order by who.dimension, who.value
