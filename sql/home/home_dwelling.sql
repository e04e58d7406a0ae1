-- home_dwelling: private, shared or communal, by what is said of it and by who lives there. Grain: dwelling with residents.
with told as (
    select
        address.dwelling_key,
        bool_or(regexp_matches(upper(record.address_class), $communal_class)) as is_communal,
        bool_or(regexp_matches(upper(record.address_class), $shared_class)) as is_shared
    from home_record as record
    inner join home_address as address on address.address_key = record.address_key
    group by address.dwelling_key
),

grown as (
    select now.dwelling_key, now.n
    from home_now as now
    inner join home_person as person on person.n = now.n
    where person.member_role <> 'child'
),

-- Adults who have the name of an adult before them are of that one's family as far as a count of families goes.
follower as (
    select distinct r.n
    from grown as l
    inner join grown as r on r.dwelling_key = l.dwelling_key and l.n < r.n
    inner join home_surname as name_l on name_l.n = l.n
    inner join home_surname as name_r on name_r.n = r.n and name_r.part = name_l.part
),

crowd as (
    select now.dwelling_key, count(distinct now.n) as resident_count, count(distinct grown.n) filter (where follower.n is null) as family_name_count
    from home_now as now
    left join grown on grown.n = now.n
    left join follower on follower.n = now.n
    group by now.dwelling_key
)

select
    crowd.dwelling_key,
    crowd.resident_count,
    crowd.family_name_count,
    case
        when told.is_communal or crowd.family_name_count >= $communal_surname_count then 'communal'
        when told.is_shared or crowd.family_name_count >= $shared_surname_count then 'shared'
        else 'private'
    end as class
from crowd
left join told on told.dwelling_key = crowd.dwelling_key
