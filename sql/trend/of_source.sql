-- Points of a source's deliveries up to a day, the delivery itself included. Grain: figure x delivery.
select kind, series, part, point_id, value
from audit.trend
where about = $source and kind <> 'expectation' and point_date <= $until
order by point_date, point_id, kind, series, part
