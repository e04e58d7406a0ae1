-- assessed_household: households that are assessed: a child under 18, and a home of their own. Grain: household.
select household_id
from linked.household
where child_count > 0 and household_kind = 'private'
