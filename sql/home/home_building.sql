-- home_building: buildings written with a slip, and the building that is meant. Grain: building that is not the one meant.
-- Two ways of writing are one house where all but one part agrees and that part differs by a sign or two; the one that more records have is meant.
-- Where no street is told a house stands in its postcode alone: nothing is left that could agree.
with written as (
    select
        building,
        regexp_replace(min(paon), '[^A-Z0-9]', '', 'g') as paon,
        coalesce(regexp_replace(min(street), '[^A-Z0-9]', '', 'g'), '') as street,
        min(postcode) as postcode,
        min(city) as city,
        min(uprn) as uprn,
        count(*) as record_count
    from home_record
    where building is not null and postcode is not null and paon is not null and not contains(paon, '/')
    group by building
),

-- A street has one postcode for many houses, a slip of the pen for one.
told as (
    select *, count(*) over (partition by street, postcode) as house_count
    from written
),

near as (
    -- The street differs, or only its signs and spaces do.
    select l.building, r.building as meant, false as is_settled
    from told as l
    inner join told as r on r.postcode = l.postcode and r.paon = l.paon and r.building <> l.building
    where damerau_levenshtein(l.street, r.street) <= if(least(length(l.street), length(r.street)) < 8, 1, 2)
    union all
    -- The name of the house does; a number is what tells two houses apart.
    select l.building, r.building, false
    from told as l
    inner join told as r on r.postcode = l.postcode and r.street = l.street and r.building <> l.building
    where
        l.street <> ''
        and not regexp_matches(l.paon || r.paon, '[0-9]')
        and least(length(l.paon), length(r.paon)) >= 5
        and damerau_levenshtein(l.paon, r.paon) <= if(least(length(l.paon), length(r.paon)) < 10, 1, 2)
    union all
    -- The postcode does, and no other house of the street has it: then one that several have is the right one, however many records say so.
    select l.building, r.building, r.house_count > 1
    from told as l
    inner join told as r on r.paon = l.paon and r.street = l.street and r.building <> l.building
    where l.street <> '' and l.house_count = 1 and damerau_levenshtein(l.postcode, r.postcode) = 1 and coalesce(l.city = r.city, true)
),

alike as (
    select near.building, near.meant, r.record_count
    from near
    inner join told as l on l.building = near.building
    inner join told as r on r.building = near.meant
    where
        (near.is_settled or (r.record_count, r.building) > (l.record_count, l.building))
        and (l.uprn is null or r.uprn is null or l.uprn = r.uprn)
),

best as (
    select building, meant
    from alike
    qualify row_number() over (partition by building order by record_count desc, meant) = 1
),

-- A slip of a slip leads to what that one means.
led as (
    select alike.building, coalesce(best.meant, alike.meant) as meant
    from alike
    left join best on best.building = alike.meant
)

-- Written in between two houses, it is neither.
select building, min(meant) as meant
from led
group by building
having count(distinct meant) = 1 and min(meant) <> building
