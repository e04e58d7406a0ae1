-- home_structure_tie: people of other names whom age and company make one household with the family of their private home. Grain: pair, n_l < n_r.
-- The main group of a home is its largest. Each other group with one adult may be a partner, a grandparent, or a grown child's family.
with home as (
    -- Adults of three names and no child share a house.
    select dwelling_key
    from home_part
    where adult_count + unknown_count > 0
    group by dwelling_key
    having count(*) between 2 and 3 and not (count(*) = 3 and sum(child_count) = 0 and max(people) = 1)
),

main as (
    select part.*
    from home_part as part
    inner join home on home.dwelling_key = part.dwelling_key
    where part.adult_count + part.unknown_count > 0
    qualify row_number() over (partition by part.dwelling_key order by part.people desc, part.child_count desc, part.oldest desc, part.group_n) = 1
),

other as (
    select part.*, main.group_n as main_n
    from home_part as part
    inner join main on main.dwelling_key = part.dwelling_key and main.group_n <> part.group_n
    where part.adult_count + part.unknown_count = 1
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

-- Adults of the main group with a partner inside it, or somebody of whom too little is known to be none; they have no other.
taken as (
    select distinct l.n
    from home_member as l
    inner join home_member as r on r.group_n = l.group_n and r.n <> l.n
    where
        l.member_role <> 'child'
        and r.member_role <> 'child'
        and coalesce(r.sex <> l.sex, true)
        and coalesce(abs(r.age - l.age) <= $couple_gap, r.n not in (select n_l from home_undecided union all select n_r from home_undecided))
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
        main.child_count + other.child_count > 0 as has_child,
        abs(own.age - host.age) as gap,
        own.sex <> host.sex as is_mixed,
        abs(date_diff('day', own.from_date, host.from_date)) > $came_together_days as came_apart,
        taken.n is null
        and coalesce(own.sex <> host.sex, true)
        and case
            -- Where an age is not known no child may be of the wrong one for either.
            when own.age is null or host.age is null then
                own.sex <> host.sex
                and coalesce(own.age - main.eldest_child between $generation_from and $generation_to, true)
                and coalesce(host.age - other.eldest_child between $generation_from and $generation_to, true)
            else gap <= if(has_child or is_mixed, $guessed_gap, $near_gap)
        end as is_partner,
        own.age - host.age between $generation_from and $generation_to and other.people = 1 and main.child_count > 0 as is_elder,
        host.age - own.age between $generation_from and $generation_to and other.people > 1 and main.people > 1 as is_younger,
        own.n in (from declared) or host.n in (from declared) as is_declared,
        own.share > $settled_share and own.strength >= (select strength from seen) as is_settled
    from other
    inner join main on main.dwelling_key = other.dwelling_key
    inner join home_member as own on own.group_n = other.group_n and own.dwelling_key = other.dwelling_key and own.member_role <> 'child'
    inner join home_member as host on host.group_n = other.main_n and host.dwelling_key = other.dwelling_key and host.member_role <> 'child'
    left join taken on taken.n = host.n
    -- Whom half of the records place elsewhere may be the last tenant.
    where own.share >= $contested_share and host.share >= $contested_share and least(own.strength, host.strength) >= $lately_seen
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
            when sided.is_partner and rivals.dwelling_key is null then couple.probability
            -- Two of two generations and names may be landlady and lodger; beside a family with children an elder is its own.
            when sided.is_elder or sided.is_younger then
                if(sided.is_settled and not sided.is_declared, if(sided.is_elder, $elder, $younger), $generation_unsettled)
        end as probability,
        if(sided.is_partner, 'couple_by_age', 'generation_by_age') as basis
    from sided
    inner join home_couple as couple
        on couple.kind = case
            when sided.is_declared then 'partner_undeclared'
            when sided.gap is null then if(sided.has_child, 'partner_unaged_with_child', 'partner_unaged')
            when sided.came_apart then 'partner_came_apart'
            when sided.has_child then 'partner_with_child'
            when sided.is_mixed is null then 'partner_unsexed'
            when sided.gap > $near_gap then 'partner_apart'
            else 'partner'
        end
    left join rivals on rivals.dwelling_key = sided.dwelling_key
)

select
    least(n_own, n_host) as n_l,
    greatest(n_own, n_host) as n_r,
    probability,
    basis,
    false as is_declared
from judged
where probability is not null
qualify row_number() over (partition by group_n order by probability desc, n_host) = 1
