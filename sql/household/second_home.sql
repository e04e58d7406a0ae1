-- second_home: a child with a parent in another household where, the school says, it lives as well. Grain: child x group.
select r.n_r as n, m.group_n, $second_home_probability as probability
from household_relation as r
inner join household_person as child on child.n = r.n_r and child.member_role = 'child'
inner join resident as parent on parent.n = r.n_l and parent.dwelling_key is not null
inner join primary_membership as m on m.n = r.n_l
inner join primary_membership as own on own.n = r.n_r and own.group_n <> m.group_n
anti join decided_tie as decided on decided.n_l = least(r.n_l, r.n_r) and decided.n_r = greatest(r.n_l, r.n_r) and decided.decision = 'apart'
where r.relationship_type = 'parent_of' and r.is_living_together and r.is_other_address and not r.is_same_address
group by r.n_r, m.group_n
