-- forename_count: how often each forename occurs. Grain: forename.
select forename, count(*) as record_count
from people_record
where forename is not null
group by forename
