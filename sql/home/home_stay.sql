-- home_stay: how much speaks for a person living at a dwelling now, in sources that would know it. Grain: person x dwelling.
select
    sighting.n,
    sighting.dwelling_key,
    round(sum(
        coalesce(reliability.reliability, 1)
        * pow(0.5, greatest(date_diff('day', coalesce(least(sighting.seen_date, $as_of), $as_of), $as_of), 0) / $half_life_days)
        * if(sighting.to_date < $as_of, $ended_share, 1)
    ), 4) as strength,
    min(sighting.from_date) as from_date,
    if(bool_and(sighting.to_date is not null), max(sighting.to_date), null) as to_date
from home_sighting as sighting
left join source_reliability as reliability on reliability.source = sighting.source
group by sighting.n, sighting.dwelling_key
