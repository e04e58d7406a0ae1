-- Counts for people and run.json; one row.
with size as (
    select household_id, count(*) as people from home_membership group by household_id
)
select
    (select count(*) from size) as household_count,
    (select count(*) from size where people > 1) as shared_household_count,
    (select max(people) from size) as largest_household,
    (select count(*) from home_person) as people,
    (select count(*) from home_person where n not in (select n from home_now)) as unplaced_people,
    (select count(*) from home_other where basis = 'second_home') as second_home_count,
    (select count(*) from home_other where basis <> 'second_home') as doubtful_people,
    (select count(*) from home_record as record inner join home_address as address on address.address_key = record.address_key where address.is_partial)
        as flats_without_number,
    (select count(*) from home_dwelling where class = 'shared') as shared_dwellings,
    (select count(*) from home_dwelling where class = 'communal') as communal_dwellings
