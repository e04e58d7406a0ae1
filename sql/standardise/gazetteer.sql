-- gazetteer: the UPRN of a dwelling's text, learnt from the run's own records. Grain: place (postcode, or street where there is no postcode) x building x unit.
-- A UPRN that stands against many different dwellings is a whole building's or an office's, and is not used.
with written as (
    select distinct record_id, own_uprn, postcode, street, building, coalesce(unit, '') as unit
    from standard_appearance
    where own_uprn is not null and building is not null
),
trusted as (
    select own_uprn
    from written
    group by own_uprn
    having count(distinct (building, unit)) <= $dwellings_per_uprn_maximum
),
counted as (
    select place, building, unit, own_uprn, count(*) as record_count
    from written
    semi join trusted on trusted.own_uprn = written.own_uprn
    cross join unnest([postcode, street]) as _(place)
    where place is not null
    group by all
)
select place, building, unit, max_by(own_uprn, (record_count, own_uprn)) as uprn
from counted
group by place, building, unit
having max(record_count) >= $uprn_agreement_minimum * sum(record_count)
