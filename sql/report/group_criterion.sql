-- group_criterion: people of assessed families by group, and those whose records meet a criterion. Grain: criterion x dimension x value.
-- People of a family meet criteria together, so the sums of squares over families go along, for an interval that does not take them as independent.
with assessed as (
    select member.person_id, min(member.household_id) as household_id
    from linked.household_member as member
    inner join cohort.family as family on family.household_id = member.household_id and family.framework_id = $framework_id
    where member.is_primary
    group by member.person_id
),
telling as (
    select distinct criterion_id, person_id
    from cohort.evidence
    where framework_id = $framework_id
),
home as (
    select criterion.criterion_id, who.dimension, who.value, assessed.household_id, count(*) as people, count(telling.person_id) as hits
    from (select distinct criterion_id from telling) as criterion
    cross join assessed
    inner join person_group as who on who.person_id = assessed.person_id
    left join telling on telling.criterion_id = criterion.criterion_id and telling.person_id = assessed.person_id
    group by criterion.criterion_id, who.dimension, who.value, assessed.household_id
)
select
    criterion_id,
    dimension,
    value,
    sum(people)::bigint as people,
    sum(hits)::bigint as hits,
    sum(people * people)::bigint as square,
    sum(people * hits)::bigint as both,
    sum(hits * hits)::bigint as hit_square
from home
group by criterion_id, dimension, value
order by criterion_id, dimension, value
