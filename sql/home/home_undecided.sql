-- home_undecided: two people of whom linkage could not say whether they are one. Grain: pair, n_l < n_r.
with person as (
    select unit.n, home_person.n as person_n
    from people_unit as unit
    inner join people_cluster as cluster on cluster.source = unit.source and cluster.record_id = unit.record_id
    inner join home_person on home_person.person_id = cluster.person_id
    where unit.is_first
)

select least(l.person_n, r.person_n) as n_l, greatest(l.person_n, r.person_n) as n_r, max(told.match_probability) as match_probability
from told_pair as told
inner join person as l on l.n = told.n_l
inner join person as r on r.n = told.n_r
-- Two sides that are not equal, said so plainly, would be joined first, everybody with everybody.
where least(l.person_n, r.person_n) < greatest(l.person_n, r.person_n) and told.match_probability >= $maybe_one_person
group by least(l.person_n, r.person_n), greatest(l.person_n, r.person_n)
