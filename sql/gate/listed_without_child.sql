-- Grain: listed household without a child among its members, and without anybody of whom the health service tells that they expect one.
select listed.household_id
from cohort.verified_families as listed
anti join (from cohort.member where member_role = 'child') as child on child.household_id = listed.household_id
anti join (
    select member.household_id
    from linked.household_member as member
    inner join linked.person_record as record using (person_id)
    inner join staging.event as event using (record_id)
    where event.event_type = 'need' and event.code = 'pregnancy'
) as expecting on expecting.household_id = listed.household_id
