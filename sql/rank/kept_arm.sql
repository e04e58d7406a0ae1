-- kept_arm: the families that have a place, and the arm of those that keep theirs; what waits for others is not given out. Grain: household x framework.
with offered as (
    select framework_id, tier, sum(places) - (
        select count(*)
        from cohort.kept_place as waiting
        where waiting.framework_id = place_offered.framework_id and waiting.tier is not distinct from place_offered.tier
    ) as places
    from place_offered
    group by framework_id, tier
),
placed as (
    select ranked.*
    from ranked
    inner join offered on offered.framework_id = ranked.framework_id and offered.tier is not distinct from ranked.tier
    where ranked.rank <= offered.places
)
select
    placed.household_id,
    placed.framework_id,
    placed.tier,
    placed.rank,
    case
        when placed.is_holder and row_number() over (
            partition by placed.framework_id, placed.tier, placed.is_holder, placed.arm_before order by placed.rank
        ) <= arm.places then placed.arm_before
    end as arm
from placed
left join place_offered as arm on arm.framework_id = placed.framework_id and arm.tier is not distinct from placed.tier and arm.arm = placed.arm_before
