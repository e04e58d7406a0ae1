-- kept_tier: the tier of each listed family. It rises at once, and falls only when the lower tier has fitted for $keep_tier_days,
-- so that one suspension more or less does not move a family to and fro. Grain: household x framework.
with fitted as (
    select
        status.household_id,
        status.framework_id,
        status.headline_count,
        rule.tier as tier_by_rule,
        before.tier as tier_before,
        before.arm as arm_before,
        coalesce(now.position, 1000) > coalesce(earlier.position, 1000) as fits_lower,
        coalesce(before.fits_lower_since_date, $as_of) as fits_lower_since_date
    from family_status as status
    left join tier_found as rule on rule.household_id = status.household_id and rule.framework_id = status.framework_id
    left join standing_place as before on before.household_id = status.household_id and before.framework_id = status.framework_id
    left join tier as now on now.framework_id = status.framework_id and now.tier = rule.tier
    left join tier as earlier on earlier.framework_id = status.framework_id and earlier.tier = before.tier
    where status.status = 'verified'
)
select
    household_id,
    framework_id,
    headline_count,
    tier_by_rule,
    case when is_kept then tier_before else tier_by_rule end as tier,
    case when is_kept then fits_lower_since_date end as fits_lower_since_date,
    arm_before
from (select *, fits_lower and date_diff('day', fits_lower_since_date, $as_of) < $keep_tier_days as is_kept from fitted)
