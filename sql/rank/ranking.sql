-- ranking: the listed families in order, with the places of those that have one. Grain: household x framework.
-- Places that nobody keeps are filled in the order of the arms by the order of the families.
with kept as (
    select framework_id, tier, arm, count(*) as kept_count
    from (
        select framework_id, tier, arm from kept_arm where arm is not null
        union all
        select framework_id, tier, arm from cohort.kept_place
    ) as taken
    group by framework_id, tier, arm
),
free as (
    select offered.framework_id, offered.tier, offered.arm, row_number() over (partition by offered.framework_id, offered.tier order by offered.position, slot.n) as turn
    from place_offered as offered
    left join kept on kept.framework_id = offered.framework_id and kept.tier is not distinct from offered.tier and kept.arm = offered.arm
    cross join lateral (select unnest(generate_series(1, offered.places - coalesce(kept.kept_count, 0))) as n) as slot
),
waiting as (
    select household_id, framework_id, tier, row_number() over (partition by framework_id, tier order by rank) as turn
    from kept_arm
    where arm is null
),
filled as (
    select waiting.household_id, waiting.framework_id, free.arm
    from waiting
    inner join free on free.framework_id = waiting.framework_id and free.tier is not distinct from waiting.tier and free.turn = waiting.turn
    union all
    select household_id, framework_id, arm
    from kept_arm
    where arm is not null
)
select
    ranked.household_id,
    ranked.framework_id,
    ranked.tier,
    ranked.tier_by_rule,
    ranked.fits_lower_since_date,
    ranked.rank,
    filled.arm,
    coalesce(filled.arm = ranked.arm_before, false) as is_kept,
    $run_id as run_id
from ranked
left join filled using (household_id, framework_id)
order by ranked.household_id, ranked.framework_id
