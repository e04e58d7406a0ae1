-- group_linkage: people of each group, and those whom two sources or more know. Grain: dimension x value.
select who.dimension, who.value, count(*) as people, count(*) filter (where person.source_count > 1) as hits
from person_group as who
inner join linked.person as person on person.person_id = who.person_id
group by who.dimension, who.value
order by who.dimension, who.value
