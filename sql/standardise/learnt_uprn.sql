-- learnt_uprn: the UPRN of a dwelling's text, learnt from the run's own records. Grain: postcode x building x unit.
-- A UPRN that stands against many different dwellings, or that the council's gazetteer knows as a divided building, is no dwelling's and is not used.
with written as (
    select distinct record_id, own_uprn, postcode, building, coalesce(unit, '') as unit
    from standard_appearance
    where own_uprn is not null and building is not null and postcode is not null
),
trusted as (
    select own_uprn
    from written
    anti join gazetteer_use on gazetteer_use.uprn = written.own_uprn and gazetteer_use.place_use = 'building'
    group by own_uprn
    having count(distinct (building, unit)) <= $dwellings_per_uprn_maximum
),
counted as (
    select postcode, building, unit, own_uprn, count(*) as record_count
    from written
    semi join trusted on trusted.own_uprn = written.own_uprn
    group by all
)
select postcode, building, unit, max_by(own_uprn, (record_count, own_uprn)) as uprn
from counted
group by postcode, building, unit
having max(record_count) >= $agreement_minimum * sum(record_count)
