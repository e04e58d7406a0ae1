-- pair_evidence: each thing that speaks for or against two people being one household. Grain: pair x evidence.
with pair as (
    select
        p.n_l,
        p.n_r,
        l.age as age_l,
        r.age as age_r,
        l.sex as sex_l,
        r.sex as sex_r,
        l.member_role as role_l,
        r.member_role as role_r,
        l.dwelling_key is null or r.dwelling_key is null as is_one_unplaced,
        -- Two schools with two addresses for one family contest nothing: the parent goes where the family goes.
        least(if(ul.is_unseen, 1, l.share), if(ur.is_unseen, 1, r.share)) as share,
        least(l.seen_date, r.seen_date) as seen_date
    from household_pair as p
    inner join resident as l on l.n = p.n_l
    inner join resident as r on r.n = p.n_r
    left join unsure_parent as ul on ul.n = p.n_l
    left join unsure_parent as ur on ur.n = p.n_r
),

relation as (
    select
        least(n_l, n_r) as n_l,
        greatest(n_l, n_r) as n_r,
        case relationship_type
            when 'parent_of' then if(n_l in (select n from unsure_parent), 'second_contact', 'parental_contact')
            when 'partner_of' then 'benefit_partner'
            when 'joint_tenant_of' then 'joint_tenant'
            when 'jointly_liable_with' then 'council_tax'
            when 'household_member_of' then case source when 'housing_arrears' then 'tenancy_member' when 'council_tax' then 'council_tax' else 'declared_kin' end
            else 'declared_kin'
        end as evidence
    from household_relation
    -- An award that one of two claims alone today outdoes the one they had together.
    where
        (is_same_address or not is_other_address)
        and not (relationship_type = 'partner_of' and (n_l in (select n from claims_alone) or n_r in (select n from claims_alone)))
),

-- What both have by being kin says nothing of where a parent lives whom only the school's one address puts there.
kin_blind as (
    select n_l, n_r
    from household_pair
    where n_l not in (select n from unsure_parent) and n_r not in (select n from unsure_parent)
),

same_surname as (
    select distinct p.n_l, p.n_r
    from kin_blind as p
    inner join surname_part as l on l.n = p.n_l
    inner join surname_part as r on r.n = p.n_r and r.part = l.part
),

-- A letter wrong is still the same name, also early in it, where Jaro and Winkler forgive least.
similar_surname as (
    select distinct p.n_l, p.n_r
    from kin_blind as p
    inner join surname_part as l on l.n = p.n_l
    inner join surname_part as r on r.n = p.n_r
    where
        length(l.part) >= 4
        and length(r.part) >= 4
        and (
            jaro_winkler_similarity(l.part, r.part) >= $similar_surname
            or (greatest(length(l.part), length(r.part)) >= 6 and damerau_levenshtein(l.part, r.part) = 1)
        )
    except
    from same_surname
),

linkage_class as (
    select distinct least(l.n, r.n) as n_l, greatest(l.n, r.n) as n_r
    from linked.scored_pair as s
    inner join linked.person_record as pl on pl.record_id = s.record_id_l
    inner join linked.person_record as pr on pr.record_id = s.record_id_r
    inner join household_person as l on l.person_id = pl.person_id
    inner join household_person as r on r.person_id = pr.person_id
    where s.household_probability >= $household_class and l.n <> r.n
)

select p.n_l, p.n_r, 'same_dwelling' as evidence from pair as p where not p.is_one_unplaced
union all
select p.n_l, p.n_r, 'one_unplaced' from pair as p where p.is_one_unplaced
union all
select distinct p.n_l, p.n_r, r.evidence from pair as p inner join relation as r on r.n_l = p.n_l and r.n_r = p.n_r
union all
select n_l, n_r, 'same_surname' from same_surname
union all
select n_l, n_r, 'similar_surname' from similar_surname
union all
select p.n_l, p.n_r, 'linkage_class' from kin_blind as p inner join linkage_class as c on c.n_l = p.n_l and c.n_r = p.n_r
union all
select p.n_l, p.n_r, 'generations'
from pair as p
inner join kin_blind as k on k.n_l = p.n_l and k.n_r = p.n_r
where abs(p.age_l - p.age_r) between 15 and 45 and 'child' in (p.role_l, p.role_r)
union all
select p.n_l, p.n_r, 'couple'
from pair as p
where p.role_l = 'adult' and p.role_r = 'adult' and p.sex_l <> p.sex_r and abs(p.age_l - p.age_r) <= 12
union all
select p.n_l, p.n_r, 'claims_alone'
from pair as p
where p.n_l in (select n from unsure_parent where is_told_alone) or p.n_r in (select n from unsure_parent where is_told_alone)
union
-- One stays on the tenancy of a couple that has parted: who lives with a partner does not claim alone.
select p.n_l, p.n_r, 'claims_alone'
from pair as p
inner join relation as r on r.n_l = p.n_l and r.n_r = p.n_r and r.evidence = 'joint_tenant'
where p.n_l in (select n from told_alone) or p.n_r in (select n from told_alone)
union all
select p.n_l, p.n_r, 'maybe_elsewhere'
from pair as p
where p.n_l in (select n from unsure_parent where is_maybe_elsewhere) or p.n_r in (select n from unsure_parent where is_maybe_elsewhere)
union all
select p.n_l, p.n_r, 'contested_address' from pair as p where p.share < $contested_share
union all
select p.n_l, p.n_r, 'stale_address' from pair as p where p.seen_date < $as_of::date - $stale_days::integer
