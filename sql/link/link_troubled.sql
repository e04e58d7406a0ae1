-- link_troubled: components in which some pair speaks against one person, or which are large enough to be a chain. Grain: component.
with member as (
    select label, count(*) as record_count
    from link_label
    group by label
),
against as (
    select n_l, n_r from link_apart
    union all
    select n_l, n_r from link_scored_pair where match_weight < 0
    union all
    select n_l, n_r from hopeless_pair
)
select label
from member
where record_count >= $careful_size
union
select l.label
from against
inner join link_label as l on l.n = against.n_l
inner join link_label as r on r.n = against.n_r
where l.label = r.label
