-- known_postcode: the postcode of a building, for records that give none, learnt from the run's other records. Grain: street x building.
-- Only of streets whose name the records know in one postcode sector: a county has many a Church Road.
with written as (
    select distinct record_id, street, building, postcode
    from standard_appearance
    where street is not null and building is not null and postcode is not null
),
single_street as (
    select street
    from written
    group by street
    having count(distinct left(postcode, length(postcode) - 2)) = 1
),
counted as (
    select street, building, postcode, count(*) as record_count
    from written
    semi join single_street on single_street.street = written.street
    group by all
)
select street, building, max_by(postcode, (record_count, postcode)) as postcode
from counted
group by street, building
having max(record_count) >= $agreement_minimum * sum(record_count)
