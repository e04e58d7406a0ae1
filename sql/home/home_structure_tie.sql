-- home_structure_tie: people of other names whom age and company make one household with the family of their private home. Grain: pair, n_l < n_r.
-- The main group of a home is its largest. Each other group with one adult may be a partner, a grandparent, a grown child, or a family of one of these.
with member as (
    select now.dwelling_key, home_group.group_n, person.n, person.age, person.sex, person.member_role, now.share, now.strength
    from home_now as now
    inner join home_group on home_group.n = now.n
    inner join home_person as person on person.n = now.n
    inner join home_dwelling as dwelling on dwelling.dwelling_key = now.dwelling_key
    where dwelling.class = 'private' and now.n not in (select n from home_guest)
),

part as (
    select
        dwelling_key,
        group_n,
        count(*) as people,
        count(*) filter (where member_role = 'adult') as adult_count,
        count(*) filter (where member_role = 'child') as child_count,
        count(*) filter (where member_role = 'unknown') as unknown_count,
        max(age) as oldest
    from member
    group by dwelling_key, group_n
),

-- Adults of three names and no child share a house.
home as (
    select dwelling_key
    from part
    where adult_count > 0
    group by dwelling_key
    having count(*) between 2 and 3 and not (count(*) = 3 and sum(child_count) = 0 and max(people) = 1)
),

main as (
    select part.*
    from part
    inner join home on home.dwelling_key = part.dwelling_key
    where part.adult_count > 0
    qualify row_number() over (partition by part.dwelling_key order by part.people desc, part.child_count desc, part.oldest desc, part.group_n) = 1
),

other as (
    select part.*, main.group_n as main_n
    from part
    inner join main on main.dwelling_key = part.dwelling_key and main.group_n <> part.group_n
    where part.adult_count = 1 and part.unknown_count = 0
),

-- Where sources overlap, a stray address is one that a single source has.
seen as (
    select least(count(distinct source), 2) * $seen_enough as strength from home_sighting
),

-- Whom the table declares to be with somebody would have its partner declared too, and its mother.
declared as (
    select n_l as n from home_relation where kind <> 'apart'
    union
    select n_r from home_relation where kind <> 'apart'
),

-- Adults of the main group with a partner inside it; they have no other.
taken as (
    select distinct l.n
    from member as l
    inner join member as r on r.group_n = l.group_n and r.n <> l.n and r.sex <> l.sex and abs(r.age - l.age) <= $couple_gap
    where l.member_role = 'adult' and r.member_role = 'adult'
),

-- How often a table that declares tells of such couples: of those whom name and age make one in a private home.
coverage as (
    select coalesce(count(relation.n_l), 0) / greatest(count(*), $usual_couples) as share
    from (
        select least(l.n, r.n) as n_l, greatest(l.n, r.n) as n_r
        from taken
        inner join member as l on l.n = taken.n
        inner join member as r on r.group_n = l.group_n and r.n > l.n and r.sex <> l.sex and abs(r.age - l.age) <= $couple_gap
        where l.member_role = 'adult' and r.member_role = 'adult'
    ) as couple
    left join (select distinct n_l, n_r from home_relation where kind in ('partner', 'kin', 'unit')) as relation
        on relation.n_l = couple.n_l and relation.n_r = couple.n_r
),

sided as (
    select
        other.dwelling_key,
        other.main_n,
        other.group_n,
        other.people,
        own.n as n_own,
        own.age as age_own,
        host.n as n_host,
        host.age as age_host,
        own.sex <> host.sex and abs(own.age - host.age) <= $couple_gap and taken.n is null as is_partner,
        own.age - host.age between $generation_from and $generation_to as is_elder,
        host.age - own.age between $generation_from and $generation_to as is_younger,
        main.child_count > 0 as has_child,
        main.people as main_people,
        declared.n is not null as is_host_declared,
        own.share > $settled_share and own.strength >= (select strength from seen) as is_settled
    from other
    inner join main on main.dwelling_key = other.dwelling_key
    inner join member as own on own.group_n = other.group_n and own.dwelling_key = other.dwelling_key and own.member_role = 'adult'
    inner join member as host on host.group_n = other.main_n and host.dwelling_key = other.dwelling_key and host.member_role = 'adult'
    left join taken on taken.n = host.n
    left join declared on declared.n = host.n
    -- Whom half of the records place elsewhere may be the last tenant.
    where own.share >= $contested_share and host.share >= $contested_share
),

-- Two who could be the partner: neither is taken for it.
rivals as (
    select dwelling_key from sided where is_partner group by dwelling_key having count(distinct group_n) > 1
),

judged as (
    select
        sided.n_own,
        sided.n_host,
        sided.group_n,
        case
            when sided.is_partner and rivals.dwelling_key is null then
                if(sided.is_host_declared, $partner_undeclared, if(sided.has_child or sided.people > 1, $partner_with_child, $partner))
            -- Two of two generations and names may be landlady and lodger; beside a family they are its own.
            when (sided.is_elder and sided.people = 1 or sided.is_younger and (sided.people > 1 or sided.age_own <= $grown_child_age)) and sided.main_people > 1 then
                if(sided.is_settled and not sided.is_host_declared, if(sided.is_elder, $elder, $younger), $generation_unsettled)
        end as probability,
        if(sided.is_partner, 'couple_by_age', 'generation_by_age') as basis
    from sided
    left join rivals on rivals.dwelling_key = sided.dwelling_key
)

-- A couple that the table would have declared, and did not, is that much less likely one (odds by Bayes' rule: strangers are never declared).
select
    least(n_own, n_host) as n_l,
    greatest(n_own, n_host) as n_r,
    round(probability * (1 - coverage.share) / (1 - probability * coverage.share), 4) as probability,
    basis,
    false as is_declared
from judged
cross join coverage
where probability is not null
qualify row_number() over (partition by group_n order by probability desc, n_host) = 1
