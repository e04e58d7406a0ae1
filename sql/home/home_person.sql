-- home_person: every linked person with a number, sex, age and role. Grain: person; n counts from 0 in the order of person_id.
with told as (
    select
        cluster.person_id,
        record.sex,
        record.forename,
        -- Ages are compared over generations: the year and the part of it are enough. A year alone stands for its middle.
        case
            when record.birth_number is not null and not record.is_year_only
                then record.birth_number // 10000 + (least(record.birth_number // 100 % 100, 12) - 0.5) / 12
            when record.birth_number is not null then record.birth_number // 10000 + 0.5
            when record.birth_year is not null then record.birth_year + 0.5
            when record.age is not null then $now - record.age - 0.5
        end as born
    from people_record as record
    inner join people_cluster as cluster on cluster.source = record.source and cluster.record_id = record.record_id
),

-- Whose sex no record gives has that of nearly everybody of the forename.
forename_sex as (
    select forename, mode(sex order by sex) as sex
    from told
    where sex is not null and forename is not null and length(forename) > 1
    group by forename
    having count(*) >= $enough_of_a_name and max(sex) is not null and avg((sex = 'F')::integer) not between 1 - $nearly_all and $nearly_all
),

person as (
    select
        person_id,
        coalesce(mode(told.sex order by told.sex), mode(forename_sex.sex order by forename_sex.sex)) as sex,
        $now - quantile_disc(born, 0.5) filter (where born between $now - 115 and $now + 1) as age
    from told
    left join forename_sex on forename_sex.forename = told.forename
    group by person_id
)

select
    (row_number() over (order by person_id) - 1)::integer as n,
    person_id,
    sex,
    age,
    case when age >= $adult_age then 'adult' when age is not null then 'child' else 'unknown' end as member_role
from person
