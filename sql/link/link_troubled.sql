-- link_troubled: components in which some pair speaks against one person, or which are large enough to be a chain. Grain: component.
select label
from link_label
group by label
having count(*) >= $careful_size
union
select label
from link_within
where weight < 0
union
select label
from link_within
anti join link_decision as same on same.n_l = link_within.n_l and same.n_r = link_within.n_r and same.decision = 'same'
where is_vetoed
