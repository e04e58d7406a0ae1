-- Grain: listed household that a person rejected, deferred or suppressed, or told to be in a service already, or that somebody from a suppressed household lives in.
select household_id
from cohort.verified_families
where list_contains($withheld, household_id)
    or decision in ('reject', 'defer', 'serve', 'suppress')
    or household_id in (
        select member.household_id from linked.household_member as member inner join register.held_person using (person_id) where member.is_primary
    )
