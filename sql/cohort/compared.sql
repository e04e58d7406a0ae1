-- Grain: household whose place on the list, or whose criteria, differ between two publications, the earlier attached as `earlier`; with the person's decision where one was made between them.
-- Ids that merged since are followed to the id that stands now.
with recursive merged as (
    select identity_id as household_id, other_id as successor_id
    from register.lineage
    where identity_kind = 'household' and act = 'merged'
),
followed as (
    select household_id, successor_id from merged
    union
    select followed.household_id, merged.successor_id
    from followed
    inner join merged on merged.household_id = followed.successor_id
),
successor as (
    select household_id, max(successor_id) as successor_id
    from followed
    where successor_id not in (select household_id from merged)
    group by household_id
),
before as (
    select
        coalesce(successor.successor_id, family.household_id) as household_id,
        family.status,
        family.criteria_met,
        family.decision,
        family.decided_at
    from earlier.cohort.family as family
    left join successor on successor.household_id = family.household_id
    where family.framework_id = (select framework_id from audit.run)
    qualify row_number() over (
        partition by coalesce(successor.successor_id, family.household_id)
        order by family.status = 'verified' desc, family.household_id
    ) = 1
),
compared as (
    select
        coalesce(now.household_id, before.household_id) as household_id,
        before.status as status_before,
        now.status as status_after,
        before.criteria_met as criteria_before,
        now.criteria_met as criteria_after,
        -- A decision that stood before made no change.
        case when now.decision is distinct from before.decision or now.decided_at is distinct from before.decided_at then now.decision end as decision,
        now.decided_by,
        now.decided_at,
        coalesce(before.status = 'verified', false) as was_listed,
        coalesce(now.status = 'verified', false) as is_listed
    from (from cohort.family where framework_id = (select framework_id from audit.run)) as now
    full join before on before.household_id = now.household_id
)
select
    household_id,
    case when is_listed and not was_listed then 'joined' when was_listed and not is_listed then 'left' else 'changed' end as change,
    status_before,
    status_after,
    criteria_before,
    criteria_after,
    decision,
    if(decision is null, null, decided_by) as decided_by,
    if(decision is null, null, decided_at) as decided_at
from compared
where was_listed <> is_listed or (is_listed and criteria_before <> criteria_after)
order by change, household_id
