-- home_couple: how often a man and a woman of two names at one home are a couple, told by the table itself. Grain: kind of home.
-- Sharers, lodgers and former tenants do not come in couples: among them two men or two women are as frequent as a man and a woman. What mixed pairs there are beyond
-- pairs of one sex are couples. A table of few such homes says little, so that as many more homes of the usual share stand beside them.
with pair as (
    select
        l.adult_sex <> r.adult_sex as is_mixed,
        case
            when l.is_declared or r.is_declared then 'partner_undeclared'
            when l.unknown_count + r.unknown_count > 0 then if(l.child_count + r.child_count > 0, 'partner_unaged_with_child', 'partner_unaged')
            when abs(date_diff('day', l.from_date, r.from_date)) > $came_together_days then 'partner_came_apart'
            when l.child_count + r.child_count > 0 then 'partner_with_child'
            when abs(l.adult_age - r.adult_age) > $near_gap then 'partner_apart'
            else 'partner'
        end as kind
    from home_part as l
    inner join home_part as r on r.dwelling_key = l.dwelling_key and l.group_n < r.group_n
    where
        l.adult_count + l.unknown_count = 1
        and r.adult_count + r.unknown_count = 1
        and coalesce(abs(l.adult_age - r.adult_age) <= $guessed_gap, true)
        and least(l.share, r.share) >= $contested_share
        and l.dwelling_key in (select dwelling_key from home_part where adult_count + unknown_count > 0 group by dwelling_key having count(*) = 2)
),

counted as (
    select kind, count(*) filter (where is_mixed) as mixed_count, count(*) filter (where not is_mixed) as same_count
    from pair
    where is_mixed is not null
    group by kind
),

-- How often the table declares couples: of those whom name and age make one.
coverage as (
    select coalesce(count(relation.n_l), 0) / greatest(count(*), $usual_couples) as share
    from (
        select l.n as n_l, r.n as n_r
        from home_member as l
        inner join home_member as r
            on r.group_n = l.group_n and r.dwelling_key = l.dwelling_key and l.n < r.n and r.sex <> l.sex and abs(r.age - l.age) <= $couple_gap
        where
            l.member_role = 'adult'
            and r.member_role = 'adult'
            and (l.n, r.n) in (select (n_l, n_r) from home_evidence where evidence in ('same_surname', 'similar_surname'))
    ) as couple
    left join (select distinct n_l, n_r from home_relation where kind in ('partner', 'kin', 'unit')) as relation
        on relation.n_l = couple.n_l and relation.n_r = couple.n_r
),

usual (kind, probability) as (
    values
        ('partner', $partner),
        ('partner_apart', $partner_apart),
        ('partner_unaged', $partner_unaged),
        ('partner_came_apart', $partner_came_apart),
        ('partner_with_child', $partner_with_child),
        ('partner_unaged_with_child', $partner_unaged_with_child),
        ('partner_undeclared', $partner_undeclared)
),

-- A couple that the table would have declared, and did not, is that much less likely one (odds by Bayes' rule: strangers are never declared).
expected as (
    select
        usual.kind,
        if(usual.kind = 'partner_undeclared', probability, probability * (1 - coverage.share) / (1 - probability * coverage.share)) as probability,
        coalesce(counted.mixed_count, 0) as mixed_count,
        greatest(coalesce(counted.mixed_count - counted.same_count, 0), 0) as couple_count,
        coalesce(counted.same_count, 0) as same_count
    from usual
    cross join coverage
    left join counted on counted.kind = usual.kind
)

select kind, round((couple_count + probability * $usual_couples) / (mixed_count + $usual_couples), 4) as probability
from expected
union all
-- Of two whose sexes are not known some are no man and woman.
select 'partner_unsexed', round((couple_count + probability * $unsexed_share * $usual_couples) / (mixed_count + same_count + $usual_couples), 4)
from expected
where kind = 'partner'
