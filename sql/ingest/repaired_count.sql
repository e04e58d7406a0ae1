-- repaired_count: how often each repair was made in accepted rows, and in how many rows, most first. Grain: repair rule.
select
    repair.number,
    count(*) as row_count
from (select unnest(repairs) as repair from checked where len(broken) = 0)
group by repair.number
order by row_count desc, repair.number
