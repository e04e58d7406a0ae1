-- person_group: the groups each person belongs to, by sex, age band, origin of name and district. Grain: person x dimension.
-- The origin of a name is the authority's own table of surnames; a name of several origins is told apart from one of none.
with origin as (
    select upper(strip_accents(replace(surname, '-', ' '))) as surname, case when count(distinct origin) = 1 then any_value(origin) else 'several origins' end as origin
    from (select unnest(from_json($origins::json, '[{"origin": "varchar", "surname": "varchar"}]'), recursive := true))
    group by 1
),
about as (
    select
        person.person_id,
        date_sub('year', person.birth_date, $as_of::date) as age,
        mode(record.sex order by record.sex) as sex,
        mode(record.surname order by record.surname) as surname
    from linked.person as person
    inner join linked.person_record as link on link.person_id = person.person_id
    inner join staging.person_record as record on record.record_id = link.record_id
    group by person.person_id, person.birth_date
),
home as (
    select distinct member.person_id, family.district
    from linked.household_member as member
    inner join cohort.family as family on family.household_id = member.household_id and family.framework_id = $framework_id
    where member.is_primary and family.district is not null
)
select person_id, 'sex' as dimension, case sex when 'F' then 'female' when 'M' then 'male' else 'not stated' end as value from about
union all
select
    person_id,
    'age band',
    case
        when age is null then 'not known'
        when age < 5 then '00 to 04'
        when age < 11 then '05 to 10'
        when age < 16 then '11 to 15'
        when age < 18 then '16 and 17'
        when age < 25 then '18 to 24'
        when age < 45 then '25 to 44'
        else '45 and over'
    end
from about
union all
select about.person_id, 'origin of name', coalesce(origin.origin, 'not in the table')
from about
left join origin on origin.surname = about.surname
where $origins <> '[]'
union all
select person_id, 'district', district from home
