-- home_elsewhere: second parents whom one source alone knows, at the child's address, and who may be somebody who lives elsewhere. Grain: person.
-- The other parent is known there by another source; where neither is, both may have moved in lately.
with counterpart as (
    select n_l as n, n_r as other_n from home_undecided
    union all
    select n_r, n_l from home_undecided
)

select distinct second.n
from home_second_parent as second
inner join counterpart on counterpart.n = second.n
inner join home_now as there on there.n = counterpart.other_n and there.dwelling_key <> second.dwelling_key
where
    (second.other_n, second.dwelling_key) in (select (n, dwelling_key) from home_sighting where source <> second.source)
    and second.n in (select n from home_record group by n having count(distinct source) = 1)
