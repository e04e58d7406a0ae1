-- Counts for people and the run's report; one row.
select
    (select count(*) from linked.household) as households,
    (select count(*) from linked.household where household_kind = 'private') as private_households,
    (select count(*) from linked.household where household_kind = 'communal') as communal_households,
    (select count(*) from linked.household where household_kind = 'unplaced') as unplaced_households,
    (select count(*) from linked.household where child_count > 0) as households_with_children,
    (select count(distinct person_id) from linked.household_member) as people,
    (select count(*) from linked.household_member where not is_primary) as second_homes,
    (select count(*) from linked.household_member where membership_probability < $acceptance_probability) as memberships_to_review,
    (select count(*) from linked.household_doubt) as doubtful_people,
    (select count(*) from resident where is_partial) as flats_without_number
