-- link_label, one step on: the lowest label among a record's own, its neighbours' and its label's own. Grain: record.
with heard as (
    select n_l as n, label
    from link_edge
    inner join link_label on link_label.n = link_edge.n_r
    union all by name
    select n_r as n, label
    from link_edge
    inner join link_label on link_label.n = link_edge.n_l
    union all by name
    select link_label.n, parent.label
    from link_label
    inner join link_label as parent on parent.n = link_label.label
)
select n, min(label) as label
from heard
group by n
