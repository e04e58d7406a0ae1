-- unsure_parent: parents of whom it is not known that they live where the school has the child. Grain: person.
-- `is_told_alone`: the other parent there claims or pays as a single person, or the parent itself does. `is_maybe_elsewhere`: somebody who may be the
-- same person, as linkage could not decide, lives in a dwelling that nobody of this family is known at. `is_unseen`: only schools know where it lives.
with named as (
    select r.n_l as n, r.n_r as child_n, r.contact_rank, p.dwelling_key, c.dwelling_key as child_dwelling_key
    from household_relation as r
    inner join resident as p on p.n = r.n_l
    inner join resident as c on c.n = r.n_r
    where
        r.relationship_type = 'parent_of' and r.is_same_address
        and (p.dwelling_key = c.dwelling_key or p.dwelling_key is null or c.dwelling_key is null)
),

-- Another source sees the parent where the child is, or where the first contact is.
seen as (
    select a.n
    from named as a
    inner join named as b on b.child_n = a.child_n and (b.n = a.n or b.contact_rank = 1)
    inner join household_person as p on p.n = a.n
    inner join person_dwelling as d on d.person_id = p.person_id and d.dwelling_key = a.dwelling_key
    where d.is_own and a.dwelling_key = if(b.n = a.n, a.child_dwelling_key, b.dwelling_key)
),

-- The second contact in all rows, and no source that sees the parent there.
copied as (
    select n from named group by n having min(contact_rank) > 1
    except
    from seen
),

contradicted as (
    select a.n
    from named as a
    inner join named as b on b.child_n = a.child_n and b.n <> a.n
    where b.n in (select n from told_alone) and b.n not in (select n from copied)
    union
    select n from copied where n in (select n from told_alone)
),

known_at as (
    select n.n, d.dwelling_key
    from (
        select n, n as other_n from named
        union
        select n, child_n from named
        union
        select a.n, b.n from named as a inner join named as b on b.child_n = a.child_n
    ) as n
    inner join household_person as p on p.n = n.other_n
    inner join person_dwelling as d on d.person_id = p.person_id
),

undecided as (
    select pl.person_id as person_id_l, pr.person_id as person_id_r
    from linked.scored_pair as s
    inner join linked.person_record as pl on pl.record_id = s.record_id_l
    inner join linked.person_record as pr on pr.record_id = s.record_id_r
    where s.match_probability >= $maybe_same_person and pl.person_id <> pr.person_id
),

elsewhere as (
    select distinct c.n
    from copied as c
    inner join household_person as p on p.n = c.n
    inner join (select * from undecided union select person_id_r, person_id_l from undecided) as u on u.person_id_l = p.person_id
    inner join resident as o on o.person_id = u.person_id_r and o.dwelling_key is not null
    anti join known_at as k on k.n = c.n and k.dwelling_key = o.dwelling_key
)

select
    n,
    n in (select n from contradicted) as is_told_alone,
    n in (select n from elsewhere) as is_maybe_elsewhere,
    n not in (select p.n from person_dwelling as d inner join household_person as p on p.person_id = d.person_id where d.is_own) as is_unseen
from (select n from copied union select n from contradicted)
