-- rejected_count: how many rows broke each rule, most first. Grain: rule.
select number, count(*) as row_count
from (select unnest(broken) as number from checked)
group by number
order by row_count desc, number
