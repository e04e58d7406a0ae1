-- home_evidence: each thing that speaks for or against two people being one household. Grain: pair x evidence; n_l < n_r.
with neighbour as (
    select l.n as n_l, r.n as n_r, dwelling.class, dwelling.resident_count
    from home_now as l
    inner join home_now as r on r.dwelling_key = l.dwelling_key and l.n < r.n
    inner join home_dwelling as dwelling on dwelling.dwelling_key = l.dwelling_key
    where dwelling.resident_count <= $neighbour_limit
),

declared as (
    select distinct least(relation.n_l, relation.n_r) as n_l, greatest(relation.n_l, relation.n_r) as n_r, relation.kind
    from home_relation as relation
    left join home_now as l on l.n = relation.n_l
    left join home_now as r on r.n = relation.n_r
    where l.dwelling_key = r.dwelling_key or l.n is null or r.n is null
),

pair as (
    from neighbour
    union
    select declared.n_l, declared.n_r, coalesce(dwelling.class, 'private') as class, coalesce(dwelling.resident_count, 2) as resident_count
    from declared
    left join home_now as now on now.n = declared.n_l
    left join home_dwelling as dwelling on dwelling.dwelling_key = now.dwelling_key
),

sided as (
    select
        pair.*,
        l.age as age_l,
        r.age as age_r,
        l.sex as sex_l,
        r.sex as sex_r,
        l.member_role as role_l,
        r.member_role as role_r
    from pair
    inner join home_person as l on l.n = pair.n_l
    inner join home_person as r on r.n = pair.n_r
),

common_name as (
    select pair.n_l, pair.n_r, min(l.share) as share
    from neighbour as pair
    inner join home_surname as l on l.n = pair.n_l
    inner join home_surname as r on r.n = pair.n_r and r.part = l.part
    group by pair.n_l, pair.n_r
),

similar_name as (
    select distinct pair.n_l, pair.n_r
    from neighbour as pair
    anti join common_name on common_name.n_l = pair.n_l and common_name.n_r = pair.n_r
    inner join home_surname as l on l.n = pair.n_l
    inner join home_surname as r on r.n = pair.n_r
    where
        length(l.part) >= 4
        and length(r.part) >= 4
        -- A letter left out, doubled or another in its place may fall early in a name, where Jaro and Winkler forgive least.
        and (
            jaro_winkler_similarity(l.part, r.part) >= $similar_surname
            or (greatest(length(l.part), length(r.part)) >= 6 and damerau_levenshtein(l.part, r.part) = 1)
        )
),

succession as (
    select pair.n_l, pair.n_r
    from neighbour as pair
    inner join home_now as now on now.n = pair.n_l
    inner join home_stay as l on l.n = pair.n_l and l.dwelling_key = now.dwelling_key
    inner join home_stay as r on r.n = pair.n_r and r.dwelling_key = now.dwelling_key
    where l.left_date < r.from_date or r.left_date < l.from_date
)

-- The more people at one address, the less it says of any two of them.
select n_l, n_r, class, 'same_dwelling' as evidence, if(class = 'private', 0, -log2(greatest(resident_count, 4) / 4)) as bits from sided
union all
-- In a large building a common name is a coincidence, so a name counts by how rare it is; in a private home any name is enough.
select sided.n_l, sided.n_r, sided.class, 'same_surname', if(sided.class = 'private', 0, greatest(least(log2($usual_share / greatest(common_name.share, 0.0001)), 2), -4))
from sided
inner join common_name on common_name.n_l = sided.n_l and common_name.n_r = sided.n_r
union all
select sided.n_l, sided.n_r, sided.class, 'similar_surname', 0
from sided
inner join similar_name on similar_name.n_l = sided.n_l and similar_name.n_r = sided.n_r
union all
select sided.n_l, sided.n_r, sided.class, 'moved_together', 0
from sided
inner join home_kin as kin on kin.n_l = sided.n_l and kin.n_r = sided.n_r and kin.dwelling_count > 1
union all
select sided.n_l, sided.n_r, sided.class, 'declared_' || declared.kind, 0
from sided
inner join declared on declared.n_l = sided.n_l and declared.n_r = sided.n_r
union all
select n_l, n_r, class, 'generations', 0 from sided where abs(age_l - age_r) between 15 and 46 and 'child' in (role_l, role_r)
union all
select n_l, n_r, class, 'couple', 0
from sided
-- Neither sex nor age may speak against it, and one of them is for it.
where
    role_l <> 'child'
    and role_r <> 'child'
    and coalesce(sex_l <> sex_r, true)
    and coalesce(abs(age_l - age_r) <= 15, true)
    and coalesce(sex_l <> sex_r, abs(age_l - age_r) <= 15)
union all
select sided.n_l, sided.n_r, sided.class, 'one_after_the_other', 0
from sided
inner join succession on succession.n_l = sided.n_l and succession.n_r = sided.n_r
union all
-- Who may be the same person lives where that person lives, whichever it is.
select sided.n_l, sided.n_r, sided.class, 'maybe_one_person', 0
from sided
inner join home_undecided as undecided on undecided.n_l = sided.n_l and undecided.n_r = sided.n_r
union all
select sided.n_l, sided.n_r, sided.class, 'lodges', 0
from sided
-- Kin who are declared to be so are no lodgers of one another.
anti join declared as kin on kin.n_l = sided.n_l and kin.n_r = sided.n_r and kin.kind in ('parent', 'partner', 'kin')
where (sided.n_l in (select n from home_guest)) <> (sided.n_r in (select n from home_guest))
