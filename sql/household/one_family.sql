-- one_family: the one group with an adult of a private dwelling. Grain: dwelling that has one.
-- Lodgings and shared houses have several, and there nobody can say whose child it is.
select r.dwelling_key, min(g.group_n) as group_n
from resident as r
inner join household_group as g on g.n = r.n
inner join dwelling_class as c on c.dwelling_key = r.dwelling_key
where not r.is_partial and c.class = 'private' and g.group_n not in (select group_n from without_adult)
group by r.dwelling_key
having count(distinct g.group_n) = 1
