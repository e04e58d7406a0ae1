-- Grain: the publication, in counts.
select
    run.run_id,
    run.as_of_date,
    run.framework_id,
    run.approval,
    run.previous_run_id,
    (select count(distinct person_id) from register.person where is_present) as person_count,
    (select count(distinct household_id) from register.household where is_present) as household_count,
    count(family.household_id) as family_count,
    count(*) filter (where family.status = 'verified') as verified_count,
    count(*) filter (where family.status = 'review') as review_count,
    count(*) filter (where family.status = 'near_miss') as near_miss_count,
    (select count(*) from cohort.change where change = 'joined') as joined_count,
    (select count(*) from cohort.change where change = 'left') as left_count
from audit.run as run
left join cohort.family as family on family.framework_id = run.framework_id
group by all
