-- kept_place: places that wait for the families which held them, from the first list without them for $keep_place_days, so that who is off the list for
-- one week finds the place again. Whom a coordinator rejected, suppressed, or knows in a service has none. Grain: household x framework.
with waiting as (
    select before.*, coalesce(before.off_list_since_date, $as_of) as since_date
    from standing_place as before
    left join family_status as status on status.household_id = before.household_id and status.framework_id = before.framework_id
    left join standing_decision as decision on decision.household_id = before.household_id
    where status.status is distinct from 'verified'
        and coalesce(decision.decision, '') not in ('reject', 'serve', 'suppress')
)
select waiting.household_id, waiting.framework_id, waiting.tier, waiting.arm, waiting.since_date as off_list_since_date, $run_id as run_id
from waiting
inner join place_offered as offered
    on offered.framework_id = waiting.framework_id and offered.tier is not distinct from waiting.tier and offered.arm = waiting.arm
where date_diff('day', waiting.since_date, $as_of) < $keep_place_days
qualify row_number() over (
    partition by waiting.framework_id, waiting.tier, waiting.arm order by waiting.since_date desc, waiting.household_id
) <= offered.places
order by waiting.household_id, waiting.framework_id
