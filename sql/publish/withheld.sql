-- withheld: verified households, under any framework, that are suppressed or the home of someone whose household is. Grain: household.
select distinct household_id
from cohort.family
where status = 'verified'
    and (
        list_contains($households, household_id)
        or household_id in (select household_id from cohort.member where is_primary and list_contains($people, person_id))
    )
