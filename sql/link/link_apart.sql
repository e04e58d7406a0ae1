-- link_apart: pairs that must not become one person. Grain: pair of records, n_l < n_r.
-- A person's word comes first; then what a source declares to be two people; then what cannot be (compared_pair's vetoes).
with declared as (
    select n_l, n_r
    from link_declared
    union
    select n_l, n_r
    from link_scored_pair
    where is_vetoed
    union
    select n_l, n_r
    from hopeless_pair
    where is_vetoed
)
select n_l, n_r
from declared
anti join link_decision as same on same.n_l = declared.n_l and same.n_r = declared.n_r and same.decision = 'same'
union
select n_l, n_r
from link_decision
where decision = 'different'
