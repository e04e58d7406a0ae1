-- home_second_share: how sure it is that a second parent whom one source alone knows lives at the child's address. Grain: person.
-- The table tells by the second parents of that sex whom other sources know too: how many of them those see there. A few more of the usual share stand beside them.
with part as (
    select n, list(part) as parts
    from home_surname
    where n in (select n from home_second_parent)
    group by n
),

-- Where other sources than the child's see each second parent.
known as (
    select second.n, second.dwelling_key, second.source, count(seen.n) > 0 as is_known, coalesce(bool_or(seen.dwelling_key = second.dwelling_key), false) as is_here
    from (select distinct n, dwelling_key, source from home_second_parent) as second
    left join home_sighting as seen on seen.n = second.n and seen.source <> second.source
    group by second.n, second.dwelling_key, second.source
),

told as (
    select
        second.n,
        second.other_n,
        second.dwelling_key,
        second.source,
        coalesce(person.sex, '') as sex,
        coalesce(list_has_any(own.parts, other.parts), false) as has_name,
        known.is_known,
        known.is_here,
        of_other.is_here as is_other_here,
        of_other.is_known and not of_other.is_here as is_other_elsewhere
    from home_second_parent as second
    inner join home_person as person on person.n = second.n
    inner join known on known.n = second.n and known.dwelling_key = second.dwelling_key and known.source = second.source
    inner join known as of_other on of_other.n = second.other_n and of_other.dwelling_key = second.dwelling_key and of_other.source = second.source
    left join part as own on own.n = second.n
    left join part as other on other.n = second.other_n
),

share as (
    select
        sex,
        has_name,
        is_other_here,
        (count(*) filter (where is_here) + $second_parent * $usual_second_parents) / (count(*) filter (where is_known) + $usual_second_parents) as probability
    from told
    group by sex, has_name, is_other_here
),

judged as (
    select told.*, if(told.is_here, 1, share.probability) as probability
    from told
    inner join share on share.sex = told.sex and share.has_name = told.has_name and share.is_other_here = told.is_other_here
)

-- A child lives with one of the two: whose other parent lives elsewhere is with it, and of two of whom nothing is known the likelier one is.
select
    own.n,
    round(min(case
        when own.is_other_elsewhere then 1
        when own.probability < other.probability then least(own.probability, $second_parent)
        else $second_parent
    end), 4) as probability
from judged as own
inner join judged as other
    on other.n = own.other_n and other.other_n = own.n and other.dwelling_key = own.dwelling_key and other.source = own.source
-- In a table of one source nobody is known elsewhere, and being known by one says nothing.
where own.n in (select n from home_record group by n having count(distinct source) = 1) and (select count(distinct source) > 1 from home_record)
group by own.n
