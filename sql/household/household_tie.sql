-- household_tie: the weight of all evidence on a pair, and the probability that follows. Grain: pair.
with weighed as (
    select
        e.n_l,
        e.n_r,
        e.evidence,
        w.basis,
        w.is_declared,
        case p.class when 'private' then w.private when 'shared' then w.shared else w.communal end as weight
    from pair_evidence as e
    inner join household_pair as p on p.n_l = e.n_l and p.n_r = e.n_r
    inner join evidence_weight as w on w.evidence = e.evidence
),

-- The same name and a similar name, or two declarations of one kind, are one piece of evidence: the strongest of a basis counts in full, the rest not.
strongest as (
    select
        n_l,
        n_r,
        coalesce(basis, evidence) as piece,
        max(weight) as weight,
        max(basis) as basis,
        bool_or(is_declared) as is_declared
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

select n_l, n_r, weight, round(1 / (1 + pow(2, -weight)), 4) as probability, best.basis as basis, is_declared
from summed
where best is not null
