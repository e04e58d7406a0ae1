-- Grain: household that one person is in, or was when last seen, with its status under the list's framework; null where it is not assessed.
select register.household_id, register.is_present, register.last_seen_run_id, family.status
from register.household as register
left join cohort.family as family
    on family.household_id = register.household_id and family.framework_id = (select framework_id from audit.run)
where register.person_id = $person_id
order by register.is_present desc, register.household_id
