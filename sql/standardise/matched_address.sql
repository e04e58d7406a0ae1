-- matched_address: what of the gazetteer each written address is; an address in doubt has no row. Grain: postcode x street x building x unit as written.
-- `uprn` is null where the text names a building of several homes and not which. Rounds, surest first, are in docs/adr/0054.
with given as (
    select distinct
        appearance.postcode, appearance.street as written_street, appearance.building, coalesce(appearance.unit, '') as unit,
        -- A house's number and its town, and no street between them: the street is left out.
        if(town.street is null, appearance.street, null) as street
    from standard_appearance as appearance
    left join gazetteer_town as town on town.street = appearance.street
    where appearance.building is not null and appearance.kind in ('dwelling', 'communal')
),
written as (
    select distinct postcode, street, building, unit
    from given
),
-- A street whose name several quarters bear says nothing without a postcode.
single_street as (
    select street
    from gazetteer_place
    where street is not null
    group by street
    having count(distinct sector) = 1
),
at_postcode as (
    select
        written.*, place.uprn, place.unit as place_unit, place.place_use,
        case when written.street = place.street then 1 when written.street is null or place.street is null then 3 else 2 end as place_round
    from written
    inner join gazetteer_place as place on place.postcode = written.postcode and place.building = written.building
    where written.street is null or place.street is null or written.street = place.street
        or starts_with(written.street, place.street || ' ') or starts_with(place.street, written.street || ' ')
        or damerau_levenshtein(written.street, place.street) <= if(length(place.street) >= $long_street_length, 2, 1)
),
-- One sign of the postcode may be wrong, or all of it be left out, where street and house agree.
at_street as (
    select
        written.*, place.uprn, place.unit as place_unit, place.place_use,
        if(written.postcode is null, 5, 4) as place_round
    from written
    inner join gazetteer_place as place on place.street = written.street and place.building = written.building
    left join single_street on single_street.street = place.street
    where (written.postcode is null and single_street.street is not null)
        or (written.postcode <> place.postcode and damerau_levenshtein(written.postcode, place.postcode) = 1)
),
candidate as (
    select
        *,
        case
            when unit = place_unit then 0
            -- Flat 2 of number 10 is written 10B as well; not where number 10 is a home itself, since its flat 1 may be 10 and its flat 2 10A.
            when has_undivided_home then null
            when unit similar to '[A-Z]' and place_unit = (ascii(unit) - 64)::varchar then 1
            when unit similar to '[1-9]|1[0-9]|2[0-6]' and place_unit = chr(64 + unit::integer) then 1
            when unit = '' then 2
        end as unit_round
    from (
        select *, bool_or(place_unit = '' and place_use <> 'building') over (partition by postcode, street, building, unit, place_round) as has_undivided_home
        from (from at_postcode union all from at_street)
        -- The surest building first: a flat that it lacks is not looked for in a less sure one.
        qualify dense_rank() over (partition by postcode, street, building, unit order by place_round) = 1
    )
),
best as (
    select *
    from candidate
    where unit_round is not null
    qualify dense_rank() over (partition by postcode, street, building, unit order by unit_round) = 1
),
single as (
    select postcode, street, building, unit, any_value(place_round) as place_round, any_value(unit_round) as unit_round,
        count(distinct uprn) as place_count, any_value(uprn) as uprn, bool_and(place_use = 'building') as is_building
    from best
    group by postcode, street, building, unit
)
select
    given.postcode, given.written_street as street, given.building, given.unit,
    if(unit_round = 2 or is_building, null, uprn) as uprn,
    case
        when unit_round = 2 or is_building then 'building'
        when unit_round = 1 then 'flat_respelled'
        else ['exact', 'street_alike', 'street_unknown', 'postcode_alike', 'postcode_missing'][place_round]
    end as match_round
from given
inner join single
    on single.building = given.building and single.unit = given.unit
    and single.postcode is not distinct from given.postcode and single.street is not distinct from given.street
where place_count = 1 or unit_round = 2 or is_building
