-- group_qualification: people of assessed families by group, and those whose family is verified or in review. Grain: dimension x value.
-- All of a family share the outcome, so the sums of squares over families go along, for an interval that does not take them as independent.
with home as (
    select
        who.dimension,
        who.value,
        member.household_id,
        count(*) as people,
        count(*) filter (where family.status in ('verified', 'review')) as hits
    from person_group as who
    inner join linked.household_member as member on member.person_id = who.person_id and member.is_primary
    inner join cohort.family as family on family.household_id = member.household_id and family.framework_id = $framework_id
    group by who.dimension, who.value, member.household_id
)
select
    dimension,
    value,
    sum(people)::bigint as people,
    sum(hits)::bigint as hits,
    sum(people * people)::bigint as square,
    sum(people * hits)::bigint as both,
    sum(hits * hits)::bigint as hit_square
from home
group by dimension, value
order by dimension, value
