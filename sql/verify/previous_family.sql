-- previous_family: where each household that stands now stood in the previous publication, ids that merged into it included. Grain: household.
-- Where several merged, a listed one speaks for them, then the one that kept its id.
select
    coalesce(successor.successor_id, before.household_id) as household_id,
    before.status,
    before.criteria_met,
    before.household_id <> coalesce(successor.successor_id, before.household_id) as is_merged
from earlier_family as before
left join successor on successor.household_id = before.household_id
qualify row_number() over (
    partition by coalesce(successor.successor_id, before.household_id) order by before.status = 'verified' desc, is_merged, before.household_id
) = 1
