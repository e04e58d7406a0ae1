-- dwelling: the dwelling each address key stands for. Grain: address key. A flat's number left out makes the key partial: it names a building, not a home.
with place as (
    select
        address_key,
        max(uprn) as uprn,
        max(postcode) as postcode,
        max(paon) as paon,
        max(street) as street,
        coalesce(max(saon), '') as saon,
        bool_or(address_kind = 'communal') as is_communal,
        bool_or(address_kind = 'hmo') as is_hmo,
        bool_or(address_kind = 'building') as is_building
    from staging.address_spell
    where address_kind not in ('care_of', 'no_fixed_abode')
    group by address_key
),

known_uprn as (
    select postcode, paon, saon, min(address_key) as dwelling_key
    from place
    where uprn is not null and postcode is not null and paon is not null
    group by postcode, paon, saon
    having count(distinct uprn) = 1
),

building as (
    select postcode, paon
    from place
    where saon <> '' and postcode is not null and paon is not null
    group by postcode, paon
),

resolved as (
    select
        p.*,
        if(p.uprn is null, coalesce(k.dwelling_key, p.address_key), p.address_key) as dwelling_key,
        p.is_building or (p.uprn is null and p.saon = '' and b.postcode is not null) as is_partial
    from place as p
    left join known_uprn as k on k.postcode = p.postcode and k.paon = p.paon and k.saon = p.saon
    left join building as b on b.postcode = p.postcode and b.paon = p.paon
)

select
    address_key,
    if(is_partial, address_key, dwelling_key) as dwelling_key,
    postcode,
    paon,
    is_partial,
    bool_or(is_communal) over same_dwelling as is_communal,
    bool_or(is_hmo) over same_dwelling as is_hmo
from resolved
window same_dwelling as (partition by if(is_partial, address_key, dwelling_key))
