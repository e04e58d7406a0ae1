-- surname_count: how often each surname occurs. Grain: surname.
select surname, count(*) as record_count
from people_record
where surname is not null
group by surname
