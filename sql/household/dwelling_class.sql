-- dwelling_class: private, shared (HMO, or crowded by many surnames) or communal. Grain: dwelling.
with kind as (
    select dwelling_key, bool_or(is_communal) as is_communal, bool_or(is_hmo) as is_hmo
    from dwelling
    group by dwelling_key
),

crowd as (
    select r.dwelling_key, count(distinct r.n) as resident_count, count(distinct s.part) filter (where r.member_role = 'adult') as adult_surname_count
    from resident as r
    left join (select n, min(part) as part from surname_part group by n) as s on s.n = r.n
    where r.dwelling_key is not null and not r.is_partial
    group by r.dwelling_key
)

select
    k.dwelling_key,
    coalesce(c.resident_count, 0) as resident_count,
    case
        when k.is_communal or c.adult_surname_count >= $communal_surname_count then 'communal'
        when k.is_hmo or c.adult_surname_count >= $shared_surname_count then 'shared'
        else 'private'
    end as class
from kind as k
left join crowd as c on c.dwelling_key = k.dwelling_key
