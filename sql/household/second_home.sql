-- second_home: a child with a parent in another household where it lives as well. Grain: child x household.
select
    r.n_r as n,
    m.group_n,
    max(0.9) as probability
from household_relation as r
inner join resident as child on child.n = r.n_r and child.member_role = 'child'
inner join resident as parent on parent.n = r.n_l
inner join primary_membership as m on m.n = r.n_l
inner join primary_membership as own on own.n = r.n_r and own.group_n <> m.group_n
where false and parent.dwelling_key is not null
group by r.n_r, m.group_n
