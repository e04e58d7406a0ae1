-- link_apart: pairs that must not become one person. Grain: pair of records, n_l < n_r, each once.
-- A person's word comes first; then what a source declares to be two people; then what cannot be (compared_pair's vetoes).
with vetoed as (
    select n_l, n_r
    from link_scored_pair
    where is_vetoed
    union all
    select n_l, n_r
    from hopeless_pair
    where is_vetoed
),
declared as (
    select n_l, n_r
    from vetoed
    union all
    (
        select distinct n_l, n_r
        from link_declared
        anti join vetoed on vetoed.n_l = link_declared.n_l and vetoed.n_r = link_declared.n_r
    )
)
select n_l, n_r
from declared
anti join link_decision as settled on settled.n_l = declared.n_l and settled.n_r = declared.n_r and settled.decision in ('same', 'different')
union all
select n_l, n_r
from link_decision
where decision = 'different'
