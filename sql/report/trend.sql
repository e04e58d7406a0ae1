-- Figures of the last deliveries and runs; of expectations only those that something broke once. Grain: figure x delivery or run.
select kind, about, series, part, point_id, point_date, value
from audit.trend
where kind <> 'mix'
qualify kind <> 'expectation' or max(value) over (partition by kind, about, series, part) > 0
order by kind, about, series, part, point_date, point_id
