-- Households on the list or in review for the first time get the run's date in the register.
update register.household
set first_identified_date = $as_of
where first_identified_date is null
    and household_id in (select household_id from family_status where framework_id = $framework_id and status in ('verified', 'review'))
