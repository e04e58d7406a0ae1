-- resident: where each person lives now. Grain: person; no dwelling means that nothing places the person.
-- A family moves together: who is last known at a former home of people it is declared to live with follows them to the home that most speaks for.
with known as (
    select p.n, d.dwelling_key, d.strength, d.seen_date, d.is_own
    from person_dwelling as d
    inner join household_person as p on p.person_id = d.person_id
    where not d.is_partial
),

torn as (
    select distinct f.family_n
    from declared_apart as a
    inner join declared_family as f on f.n = a.n_l
    inner join declared_family as g on g.n = a.n_r and g.family_n = f.family_n
),

family_known as (
    select f.family_n, k.dwelling_key, count(distinct k.n) as people, sum(k.strength) as strength, max(k.seen_date) as seen_date
    from known as k
    inner join declared_family as f on f.n = k.n
    group by f.family_n, k.dwelling_key
),

family_home as (
    select k.family_n, k.dwelling_key, k.strength, k.seen_date
    from family_known as k
    where (k.family_n, k.dwelling_key) in (
        select (f.family_n, o.dwelling_key)
        from own_residence as o
        inner join declared_family as f on f.n = o.n
    )
    qualify row_number() over (partition by k.family_n order by round(k.strength, 4) desc, k.seen_date desc, k.dwelling_key) = 1
),

-- Two families that one wrongly linked parent joins must not move together: whoever moves is known at the new home, or all whom it lives with are.
neighbour as (
    select n_l as n, n_r as other_n from household_relation where is_same_address
    union
    select n_r, n_l from household_relation where is_same_address
),

left_behind as (
    select distinct b.n
    from neighbour as b
    inner join declared_family as f on f.n = b.n
    inner join family_home as h on h.family_n = f.family_n
    anti join known as self on self.n = b.n and self.dwelling_key = h.dwelling_key
    anti join known as other on other.n = b.other_n and other.dwelling_key = h.dwelling_key
),

-- A second parent follows only to where a source sees that parent, or a school where none sees it anywhere:
-- the one who was left is not to be put where the other went.
kept_away as (
    select r.n_l as n
    from household_relation as r
    where r.relationship_type = 'parent_of'
    group by r.n_l
    having min(r.contact_rank) > 1
),

moved as (
    select o.n, h.dwelling_key, h.seen_date
    from own_residence as o
    inner join declared_family as f on f.n = o.n
    inner join family_home as h on h.family_n = f.family_n and h.dwelling_key <> o.dwelling_key
    -- The person's dwelling was the home of others of the family too; one that was the person's alone is a home of its own.
    inner join family_known as b on b.family_n = f.family_n and b.dwelling_key = o.dwelling_key and b.people > 1
    where f.family_n not in (select family_n from torn) and o.n not in (select n from left_behind)
        and (
            o.n not in (select n from kept_away)
            or (o.n, h.dwelling_key) in (select (n, dwelling_key) from known where is_own)
            or (
                (o.n, h.dwelling_key) in (select (n, dwelling_key) from known)
                and o.n not in (select n from known where is_own)
            )
        )
)

select
    p.n,
    p.person_id,
    p.age,
    p.member_role,
    p.sex,
    p.is_pupil,
    coalesce(m.dwelling_key, o.dwelling_key) as dwelling_key,
    o.is_partial and m.n is null as is_partial,
    o.share,
    coalesce(m.seen_date, o.seen_date) as seen_date
from household_person as p
inner join own_residence as o on o.n = p.n
left join moved as m on m.n = p.n
