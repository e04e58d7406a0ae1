-- suppressed_household: those that the list keeps off every list by somebody's decision, under every id that it is carried for. Grain: household.
select distinct household_id
from register.decision
where decision = 'suppress'
