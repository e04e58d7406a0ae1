-- arm_found: the service with a place for each verified family, or that all places of its tier are taken. Grain: household x framework, tiers with arms only.
-- Places go to those with most headline problems, then to those known longest; ties go by id, so that the same families always have them.
with known as (
    select household_id, min(first_identified_date) as first_identified_date
    from register.household
    group by household_id
),
ranked as (
    select
        status.household_id,
        status.framework_id,
        tier.tier,
        row_number() over (
            partition by status.framework_id, tier.tier
            order by status.headline_count desc, known.first_identified_date nulls last, status.household_id
        ) as place
    from family_status as status
    inner join tier_found as tier on tier.household_id = status.household_id and tier.framework_id = status.framework_id
    left join known on known.household_id = status.household_id
    where status.status = 'verified'
)
select ranked.household_id, ranked.framework_id, coalesce(arm.arm, 'waiting') as arm
from ranked
left join arm
    on arm.framework_id = ranked.framework_id and arm.tier = ranked.tier and ranked.place between arm.first_place and arm.last_place
where (ranked.framework_id, ranked.tier) in (select (framework_id, tier) from arm)
