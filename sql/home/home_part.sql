-- home_part: the people of one group at one private home. Grain: dwelling x group.
-- share: of what speaks for any home of theirs, the part that speaks for this one, of whom it is least; strength: what speaks for it, of whom it is most.
with declared as (
    select n_l as n from home_relation where kind <> 'apart'
    union
    select n_r from home_relation where kind <> 'apart'
)

select
    member.dwelling_key,
    member.group_n,
    count(*) as people,
    count(*) filter (where member.member_role = 'adult') as adult_count,
    count(*) filter (where member.member_role = 'child') as child_count,
    count(*) filter (where member.member_role = 'unknown') as unknown_count,
    max(member.age) as oldest,
    max(member.age) filter (where member.member_role = 'child') as eldest_child,
    -- Of a group with one adult, or one person of unknown age.
    min(member.age) filter (where member.member_role = 'adult') as adult_age,
    min(member.sex) filter (where member.member_role <> 'child') as adult_sex,
    min(member.from_date) filter (where member.member_role <> 'child') as from_date,
    min(member.share) as share,
    max(member.strength) as strength,
    bool_or(declared.n is not null) as is_declared
from home_member as member
left join declared on declared.n = member.n
group by member.dwelling_key, member.group_n
