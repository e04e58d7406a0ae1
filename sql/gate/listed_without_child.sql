-- Grain: listed household without a child among its members.
select listed.household_id
from cohort.verified_families as listed
anti join (from cohort.member where member_role = 'child') as child on child.household_id = listed.household_id
