-- group_criterion: people of assessed families by group, and those whose records meet a criterion. Grain: criterion x dimension x value.
with assessed as (
    select distinct member.person_id
    from linked.household_member as member
    inner join cohort.family as family on family.household_id = member.household_id and family.framework_id = $framework_id
    where member.is_primary
),
telling as (
    select distinct criterion_id, person_id
    from cohort.evidence
    where framework_id = $framework_id
)
select criterion.criterion_id, who.dimension, who.value, count(*) as people, count(telling.person_id) as hits
from (select distinct criterion_id from telling) as criterion
cross join assessed
inner join person_group as who on who.person_id = assessed.person_id
left join telling on telling.criterion_id = criterion.criterion_id and telling.person_id = assessed.person_id
group by criterion.criterion_id, who.dimension, who.value
order by criterion.criterion_id, who.dimension, who.value
