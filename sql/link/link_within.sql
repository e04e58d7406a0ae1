-- link_within: all that is known of two records of one component. Grain: pair of records, n_l < n_r, by who tells of it; the weight is null where only a source or a person does.
with known as (
    select n_l, n_r, match_weight as weight, is_vetoed
    from link_scored_pair
    union all by name
    select n_l, n_r, match_weight as weight, is_vetoed
    from hopeless_pair
    union all by name
    select n_l, n_r, null as weight, true as is_vetoed
    from link_declared
    union all by name
    select n_l, n_r, null as weight, decision = 'different' as is_vetoed
    from link_decision
)
select l.label, known.n_l, known.n_r, known.weight, known.is_vetoed
from known
inner join link_label as l on l.n = known.n_l
inner join link_label as r on r.n = known.n_r and r.label = l.label
