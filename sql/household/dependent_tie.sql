-- dependent_tie: a child whom nothing ties to an adult, to the parent it follows; where nobody of its group follows one, a young child to the one family with an
-- adult in its private dwelling: surely enough to join if it is young, else left to a person. Grain: pair.
with found as (
    select n, parent_n as other_n, $followed_weight::double as weight, 'parental_contact' as basis, true as is_declared
    from followed_parent
    where parent_n is not null
    union all
    select a.n, f.group_n, if(coalesce(a.age, 0) < $dependent_age, $dependent_weight, $youth_weight)::double, 'dependent_child', false
    from without_adult as a
    inner join one_family as f on f.dwelling_key = a.dwelling_key
    where
        a.member_role = 'child' and not a.is_partial and a.group_n not in (select group_n from followed_parent)
)

select
    least(n, other_n) as n_l,
    greatest(n, other_n) as n_r,
    weight,
    round(1 / (1 + pow(2, -weight)), 4) as probability,
    basis,
    is_declared
from found
