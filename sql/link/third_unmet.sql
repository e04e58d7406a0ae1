-- candidate_pair of those that third records ask of and no rule proposed. Grain: pair of records, in order.
with asked as (
    select distinct far_l as n_l, far_r as n_r
    from third_started
)
select asked.n_l, asked.n_r
from asked
anti join link_scored_pair as scored on scored.n_l = asked.n_l and scored.n_r = asked.n_r
anti join hopeless_pair as hopeless on hopeless.n_l = asked.n_l and hopeless.n_r = asked.n_r
order by asked.n_l
