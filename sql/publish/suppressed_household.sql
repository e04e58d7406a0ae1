-- suppressed_household: households on which a suppression stands, and the ids that merged into them. Grain: household id.
with standing as (
    select household_id from standing_decision where decision = 'suppress'
)
select household_id from standing
union
select successor.household_id
from successor
inner join standing on standing.household_id = successor.successor_id
