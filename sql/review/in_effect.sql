-- in_effect: decisions that the list shows as they were taken, so that the same answer again would change nothing. Grain: household.
-- Not so a rejection from before the family qualified, which waits for review, a confirmation that no longer lists the family, nor a suppression that comes from a member's former household.
select household_id, decision
from register.decision
where basis = 'household'
    and (decision in ('defer', 'serve', 'suppress')
        or (decision = 'reject' and household_id not in (
            select household_id from cohort.family where status = 'review' and framework_id = (select framework_id from audit.run)
        ))
        or (decision = 'confirm' and household_id in (select household_id from cohort.verified_families))
    )
qualify row_number() over (partition by household_id order by decision = 'suppress' desc, decision_id desc) = 1
