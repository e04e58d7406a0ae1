-- standing_place: where each household that stands now stood before, ids that merged into it included; one with a place speaks for them.
-- Grain: household x framework.
select coalesce(successor.successor_id, before.household_id) as household_id, before.framework_id, before.tier, before.arm, before.fits_lower_since_date, before.off_list_since_date
from earlier_place as before
left join successor on successor.household_id = before.household_id
qualify row_number() over (
    partition by coalesce(successor.successor_id, before.household_id), before.framework_id order by before.arm is null, before.off_list_since_date is not null, before.household_id
) = 1
