-- moved: the households whose status a variant changes, with the criteria behind it. Grain: variant x household.
with before as (
    select household_id, status, district, cluster, ward, string_split(criteria_met, ',') as met
    from run.cohort.family
    where framework_id = $framework_id
),
met as (
    select framework_id, household_id, list(criterion_id order by criterion_id) as ids
    from cohort.household_criterion
    where assessment = 'met'
    group by framework_id, household_id
)
select
    now.framework_id as variant,
    now.household_id,
    case when now.status = 'verified' then 'would_join' when before.status = 'verified' then 'would_leave' else 'would_change' end as change,
    before.status as status_before,
    now.status as status_after,
    coalesce(before.district, 'unplaced') as district,
    before.cluster,
    before.ward,
    array_to_string(list_filter(coalesce(met.ids, []), lambda c: not list_contains(before.met, c)), ',') as gained,
    array_to_string(list_filter(before.met, lambda c: c <> '' and not list_contains(coalesce(met.ids, []), c)), ',') as lost
from family_status as now
inner join before using (household_id)
left join met using (framework_id, household_id)
where now.status <> before.status
