-- How many people have how many records. Grain: number of records.
with person as (
    select count(*) as record_count
    from clusters
    group by person_id
)
select record_count, count(*) as person_count
from person
group by record_count
order by record_count
