-- home_tie: the weight of all evidence on a pair, and the probability that follows. Grain: pair.
with weighed as (
    select
        evidence.n_l,
        evidence.n_r,
        evidence.evidence,
        ladder.basis,
        ladder.is_declared,
        evidence.bits + case evidence.class when 'private' then ladder.private when 'shared' then ladder.shared else ladder.communal end as weight
    from home_evidence as evidence
    inner join home_ladder as ladder on ladder.evidence = evidence.evidence
),

-- Pieces of one basis are one piece, of which the strongest counts.
strongest as (
    select n_l, n_r, coalesce(basis, evidence) as piece, max(weight) as weight, max(basis) as basis, bool_or(is_declared) as is_declared
    from weighed
    group by n_l, n_r, coalesce(basis, evidence)
),

summed as (
    select
        n_l,
        n_r,
        round(sum(weight), 4) as weight,
        max({'weight': weight, 'basis': basis}) filter (where basis is not null) as best,
        bool_or(is_declared) as is_declared
    from strongest
    group by n_l, n_r
)

select
    n_l,
    n_r,
    least(
        round(1 / (1 + pow(2, -weight)), 4),
        -- Parenthood and a name in common say little of where a parent lives whom one source knows, and nothing where it may be known elsewhere.
        case
            when n_l in (from home_elsewhere) or n_r in (from home_elsewhere) then $maybe_elsewhere
            when not is_declared and (n_l in (from home_torn) or n_r in (from home_torn)) then $torn
            else least(coalesce(second_l.probability, 1), coalesce(second_r.probability, 1))
        end
    ) as probability,
    best.basis as basis,
    is_declared
from summed
left join home_second_share as second_l on second_l.n = summed.n_l
left join home_second_share as second_r on second_r.n = summed.n_r
where best is not null
