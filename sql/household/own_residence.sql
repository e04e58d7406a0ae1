-- own_residence: where each person lives now, to judge by its own records. Grain: person; no dwelling means that nothing places the person.
with known as (
    select p.n, d.*
    from person_dwelling as d
    inner join household_person as p on p.person_id = d.person_id
    where d.strength > 0
),

-- A school that names both parents often writes one address for both. Where it tells them apart elsewhere, the dwelling is the one's whom more puts there.
rival as (
    select distinct k.n, k.dwelling_key
    from known as k
    inner join declared_apart as a on a.n_l = k.n
    inner join known as other on other.n = a.n_r and other.dwelling_key = k.dwelling_key and other.strength > k.strength
),

weighed as (
    select k.*, round(k.strength * if(r.n is null, 1, $rival_share), 6) as weight
    from known as k
    left join rival as r on r.n = k.n and r.dwelling_key = k.dwelling_key
),

ranked as (
    select
        *,
        round(weight / sum(weight) over (partition by n), 6) as share,
        row_number() over (partition by n order by weight desc, seen_date desc, dwelling_key) as position
    from weighed
)

select p.n, r.dwelling_key, coalesce(r.is_partial, false) as is_partial, r.share, r.seen_date
from household_person as p
left join ranked as r on r.n = p.n and r.position = 1
