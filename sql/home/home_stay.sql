-- home_stay: how much speaks for a person living at a dwelling now, in sources that would know it. Grain: person x dwelling.
-- From when on says nothing of how old an address is: who came ten years ago and has no end lives there still, unless the same person came to another later.
with moved as (
    select sighting.n, sighting.dwelling_key, sighting.source, min(later.from_date) as moved_date
    from home_sighting as sighting
    inner join home_sighting as later
        on later.n = sighting.n and later.dwelling_key <> sighting.dwelling_key and later.from_date > sighting.from_date
    where coalesce(sighting.seen_date, sighting.to_date) is null
    group by sighting.n, sighting.dwelling_key, sighting.source
),

-- One source's older statement gives way to its own newer one, as in a register that keeps what was.
outdated as (
    select older.n, older.dwelling_key, older.source, min(newer.seen_date) as newer_date
    from home_sighting as older
    inner join home_sighting as newer
        on newer.n = older.n and newer.source = older.source and newer.dwelling_key <> older.dwelling_key
    where date_diff('day', older.seen_date, newer.seen_date) > $outdated_days and older.to_date is null
    group by older.n, older.dwelling_key, older.source
),

told as (
    select
        sighting.*,
        coalesce(reliability.reliability, 1) * if(contact.n is null, 1, $contact_share) as reliability,
        contact.n is not null as is_contact,
        coalesce(sighting.seen_date, sighting.to_date, moved.moved_date, $as_of) as last_date,
        coalesce(sighting.to_date, moved.moved_date, outdated.newer_date) as ended_date,
        ended_date < $as_of as is_ended
    from home_sighting as sighting
    left join source_reliability as reliability on reliability.source = sighting.source
    left join home_contact as contact on contact.n = sighting.n and contact.dwelling_key = sighting.dwelling_key and contact.source = sighting.source
    left join outdated on outdated.n = sighting.n and outdated.dwelling_key = sighting.dwelling_key and outdated.source = sighting.source
    left join moved on moved.n = sighting.n and moved.dwelling_key = sighting.dwelling_key and moved.source = sighting.source
)

select
    n,
    dwelling_key,
    round(sum(reliability * pow(0.5, greatest(date_diff('day', last_date, $as_of), 0) / $half_life_days) * if(is_ended, $ended_share, 1)), 4) as strength,
    min(from_date) as from_date,
    max(seen_date) as seen_date,
    if(bool_and(to_date is not null), max(to_date), null) as to_date,
    if(bool_and(coalesce(is_ended, false)), max(ended_date), null) as left_date,
    bool_and(is_contact) as is_contact,
    bool_and(coalesce(is_ended, false)) as is_over
from told
group by n, dwelling_key
