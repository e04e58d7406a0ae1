-- home_elsewhere: second parents whom one source alone knows, at the child's address, and who are as likely to live elsewhere. Grain: person.
-- Linkage could not tell the parent from somebody at another home, where another source knows the other parent here (where none knows either, both may have moved in
-- lately); or the other parent has a partner whom the table declares.
with counterpart as (
    select n_l as n, n_r as other_n from home_undecided
    union all
    select n_r, n_l from home_undecided
),

partner as (
    select n_l as n, n_r as other_n from home_relation where kind = 'partner'
    union all
    select n_r, n_l from home_relation where kind = 'partner'
)

select distinct second.n
from home_second_parent as second
left join counterpart on counterpart.n = second.n
left join home_now as there on there.n = counterpart.other_n and there.dwelling_key <> second.dwelling_key
where
    second.n in (select n from home_record group by n having count(distinct source) = 1)
    and (
        there.n is not null and (second.other_n, second.dwelling_key) in (select (n, dwelling_key) from home_sighting where source <> second.source)
        or second.other_n in (select n from partner) and second.n not in (select n from partner)
    )
