-- Points of the publication before, attached as `previous`, that a run carries on: the latest of each kind and subject. Grain: figure x delivery or run.
with point as (
    select distinct kind, about, point_id, point_date
    from previous.audit.trend
),
kept as (
    select kind, about, point_id
    from point
    qualify row_number() over (partition by kind, about order by point_date desc, point_id desc) <= $most
)
select trend.*
from previous.audit.trend as trend
semi join kept on kept.kind = trend.kind and kept.about = trend.about and kept.point_id = trend.point_id
