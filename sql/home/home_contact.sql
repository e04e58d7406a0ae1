-- home_contact: places of second parents that may be no more than the child's address. Grain: person x dwelling x source.
-- Another source sees the parent elsewhere, as recently, or the same one does in a record that does not repeat the child's address; the other parent is not there; and
-- no other source has seen the parent here of late.
with here as (
    select second.*, sighting.seen_date
    from home_second_parent as second
    inner join home_sighting as sighting
        on sighting.n = second.n and sighting.dwelling_key = second.dwelling_key and sighting.source = second.source
    anti join home_sighting as again
        on again.n = second.n and again.dwelling_key = second.dwelling_key and again.source <> second.source
        and coalesce(date_diff('day', again.seen_date, sighting.seen_date) <= $half_life_days, true)
)

select distinct here.n, here.dwelling_key, here.source
from here
inner join home_sighting as elsewhere on elsewhere.n = here.n and elsewhere.dwelling_key <> here.dwelling_key
where
    (elsewhere.n, elsewhere.dwelling_key, elsewhere.source) not in (select (n, dwelling_key, source) from home_second_parent)
    and coalesce(elsewhere.to_date >= $as_of, true)
    and coalesce(date_diff('day', elsewhere.seen_date, here.seen_date) <= $as_recent_days, true)
    and (here.other_n, elsewhere.dwelling_key) not in (select (n, dwelling_key) from home_sighting)
