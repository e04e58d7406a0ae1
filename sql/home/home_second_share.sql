-- home_second_share: how sure it is that a second parent whom one source alone knows lives at the child's address. Grain: person.
-- The table tells by the second parents whom other sources know too: how many of them those see there. A few more of the usual share stand beside them.
with told as (
    select
        second.n,
        exists (
            select 1
            from home_surname as own
            inner join home_surname as other on other.part = own.part
            where own.n = second.n and other.n = second.other_n
        ) as has_name,
        exists (
            select 1 from home_sighting as seen where seen.n = second.other_n and seen.dwelling_key = second.dwelling_key and seen.source <> second.source
        ) as is_other_known,
        exists (select 1 from home_sighting as seen where seen.n = second.n and seen.source <> second.source) as is_known,
        exists (
            select 1 from home_sighting as seen where seen.n = second.n and seen.dwelling_key = second.dwelling_key and seen.source <> second.source
        ) as is_here
    from home_second_parent as second
),

share as (
    select
        has_name,
        is_other_known,
        (count(*) filter (where is_here) + $second_parent * $usual_second_parents) / (count(*) filter (where is_known) + $usual_second_parents) as probability
    from told
    group by has_name, is_other_known
)

select told.n, round(least(min(share.probability), $second_parent), 4) as probability
from told
inner join share on share.has_name = told.has_name and share.is_other_known = told.is_other_known
-- In a table of one source nobody is known elsewhere, and being known by one says nothing.
where told.n in (select n from home_record group by n having count(distinct source) = 1) and (select count(distinct source) > 1 from home_record)
group by told.n
