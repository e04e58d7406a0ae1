-- linked.household. Grain: household.
with place as (
    -- A family is where its adults are: what is known of a child is often the school's last address.
    select m.group_n, r.dwelling_key, count(*) as people, count(*) filter (where r.member_role = 'adult') as adults
    from household_membership as m
    inner join resident as r on r.n = m.n
    where r.dwelling_key is not null and m.is_primary
    group by m.group_n, r.dwelling_key
    qualify row_number() over (partition by m.group_n order by people desc, adults desc, r.dwelling_key) = 1
),

written as (
    select d.dwelling_key, s.uprn, s.postcode, s.saon, s.paon, s.street, count(*) as record_count
    from staging.address_spell as s
    inner join dwelling as d on d.address_key = s.address_key
    group by all
),

address as (
    select
        dwelling_key,
        uprn,
        postcode,
        nullif(concat_ws(', ', saon, nullif(concat_ws(' ', paon, street), ''), postcode), '') as address
    from written
    qualify row_number() over (
        partition by dwelling_key
        order by uprn is null, record_count desc, uprn, postcode, saon, paon, street
    ) = 1
),

people as (
    select
        m.group_n,
        count(*) filter (where p.member_role = 'adult')::integer as adult_count,
        count(*) filter (where p.member_role = 'child')::integer as child_count,
        min(m.probability) as household_confidence
    from household_membership as m
    inner join household_person as p on p.n = m.n
    group by m.group_n
)

select
    i.household_id,
    case
        when l.dwelling_key is null then 'unplaced'
        when c.class = 'communal' and p.child_count = 0 then 'communal'
        else 'private'
    end as household_kind,
    l.dwelling_key as address_key,
    a.uprn,
    a.postcode,
    a.address,
    p.adult_count,
    p.child_count,
    p.household_confidence
from household_identity as i
inner join people as p on p.group_n = i.group_n
left join place as l on l.group_n = i.group_n
left join address as a on a.dwelling_key = l.dwelling_key
left join dwelling_class as c on c.dwelling_key = l.dwelling_key
order by i.household_id
