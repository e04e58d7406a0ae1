-- household_doubt: people left out of a household that they may belong to. Grain: group x person; the smaller group is in doubt of the larger.
with size as (
    select group_n, count(*) as people from primary_membership group by group_n
),

torn as (
    select
        t.probability,
        t.basis,
        if((sl.people, -l.group_n) < (sr.people, -r.group_n), l.n, r.n) as n,
        if((sl.people, -l.group_n) < (sr.people, -r.group_n), r.group_n, l.group_n) as group_n
    from household_tie as t
    inner join primary_membership as l on l.n = t.n_l
    inner join primary_membership as r on r.n = t.n_r
    inner join size as sl on sl.group_n = l.group_n
    inner join size as sr on sr.group_n = r.group_n
    where l.group_n <> r.group_n and t.probability >= $doubt_probability
)

select n, group_n, max({'probability': probability, 'basis': basis}).probability as probability, max({'probability': probability, 'basis': basis}).basis as basis
from torn
group by n, group_n
