-- Households that meet each criterion and that it cannot be assessed for, as published and as it would be. Grain: variant x criterion.
with before as (
    select
        criterion_id,
        count(*) filter (where assessment = 'met') as met_before_count,
        count(*) filter (where assessment = 'not_assessed') as not_assessed_before_count
    from run.cohort.household_criterion
    where framework_id = $framework_id
    group by criterion_id
),
now as (
    select
        framework_id as variant,
        criterion_id,
        count(*) filter (where assessment = 'met') as met_after_count,
        count(*) filter (where assessment = 'not_assessed') as not_assessed_after_count
    from cohort.assessed_criterion
    group by framework_id, criterion_id
    union all
    select variant.framework_id, criterion_id, before.met_before_count, before.not_assessed_before_count
    from variant
    inner join before using (criterion_id)
),
joining as (
    select variant, criterion_id, count(*) as joining_count
    from (select variant, unnest(string_split(gained, ',')) as criterion_id from moved where change = 'would_join')
    group by variant, criterion_id
),
leaving as (
    select variant, criterion_id, count(*) as leaving_count
    from (select variant, unnest(string_split(lost, ',')) as criterion_id from moved where change = 'would_leave')
    group by variant, criterion_id
)
select
    now.variant,
    now.criterion_id,
    coalesce(before.met_before_count, 0) as met_before_count,
    now.met_after_count,
    coalesce(before.not_assessed_before_count, 0) as not_assessed_before_count,
    now.not_assessed_after_count,
    coalesce(joining.joining_count, 0) as would_join_by_it_count,
    coalesce(leaving.leaving_count, 0) as would_leave_by_it_count
from now
left join before using (criterion_id)
left join joining using (variant, criterion_id)
left join leaving using (variant, criterion_id)
order by now.variant::integer, now.criterion_id
