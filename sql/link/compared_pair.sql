-- compared_pair: how alike the two sides of a pair are, field by field. Grain: candidate pair.
-- A level is a number, 0 where a side is missing, else its place in matching.comparison.FIELDS; cheap tests stand before string distances.
with side as (
    select
        pair.n_l,
        pair.n_r,
        l.forename as forename_l, r.forename as forename_r,
        l.surname as surname_l, r.surname as surname_r,
        l.forename_keys as forename_keys_l, r.forename_keys as forename_keys_r,
        l.surname_parts as surname_parts_l, r.surname_parts as surname_parts_r,
        l.middle_names as middle_names_l, r.middle_names as middle_names_r,
        l.forename_phonetic as forename_phonetic_l, r.forename_phonetic as forename_phonetic_r,
        l.surname_phonetic as surname_phonetic_l, r.surname_phonetic as surname_phonetic_r,
        l.birth_date as birth_date_l, r.birth_date as birth_date_r,
        l.birth_digits as birth_digits_l, r.birth_digits as birth_digits_r,
        l.birth_date_latest as birth_date_latest_l, r.birth_date_latest as birth_date_latest_r,
        l.is_placeholder or r.is_placeholder as is_placeholder,
        l.sex as sex_l, r.sex as sex_r,
        l.nino as nino_l, r.nino as nino_r,
        l.upn as upn_l, r.upn as upn_r,
        l.address_key as address_key_l, r.address_key as address_key_r,
        l.uprn as uprn_l, r.uprn as uprn_r,
        l.postcode as postcode_l, r.postcode as postcode_r,
        l.building as building_l, r.building as building_r,
        l.street as street_l, r.street as street_r,
        l.saon as saon_l, r.saon as saon_r,
        l.is_shared_address or r.is_shared_address as is_shared_address,
        l.surname_share, l.forename_share, l.further_address_share,
        l.source = r.source as is_one_source, l.source, l.reference as reference_l, r.reference as reference_r,
        kin_l.names as kin_names_l, kin_r.names as kin_names_r,
        kin_l.births as kin_births_l, kin_r.births as kin_births_r,
        -- Names the wrong way round, one of them perhaps misspelt: the forename field carries the finding, the surname field says nothing more.
        case
            when l.forename = l.surname then false
            when l.forename = r.surname then jaro_winkler_similarity(l.surname, r.forename) >= 0.88
            when l.surname = r.forename then jaro_winkler_similarity(l.forename, r.surname) >= 0.88
            else false
        end as is_swapped
    from candidate_pair as pair
    inner join link_record as l on l.n = pair.n_l
    inner join link_record as r on r.n = pair.n_r
    left join link_kin as kin_l on kin_l.n = pair.n_l
    left join link_kin as kin_r on kin_r.n = pair.n_r
),
level as (
    select
        n_l,
        n_r,
        surname_share,
        forename_share,
        further_address_share,
        case
            when forename_l is null or forename_r is null then 0
            when forename_l = forename_r then 8
            when is_swapped then 7
            when length(forename_l) = 1 or length(forename_r) = 1 then if(left(forename_l, 1) = left(forename_r, 1), 2, 1)
            when list_has_any(forename_keys_l, forename_keys_r) then 6
            when length(forename_l) > 3 and damerau_levenshtein(forename_l, forename_r) = 1 then 5
            when list_contains(string_split(coalesce(middle_names_l, ''), ' '), forename_r)
                or list_contains(string_split(coalesce(middle_names_r, ''), ' '), forename_l) then 4
            when jaro_winkler_similarity(forename_l, forename_r) >= 0.9 or damerau_levenshtein(forename_l, forename_r) = 1 then 4
            when forename_phonetic_l = forename_phonetic_r then 3
            else 1
        end::utinyint as forename,
        case
            when surname_l is null or surname_r is null or is_swapped then 0
            when surname_l = surname_r then 5
            when list_has_any(surname_parts_l, surname_parts_r) then 4
            when jaro_winkler_similarity(surname_l, surname_r) >= 0.92
                or (length(surname_l) > 4 and damerau_levenshtein(surname_l, surname_r) = 1) then 3
            when surname_phonetic_l = surname_phonetic_r then 2
            else 1
        end::utinyint as surname,
        case
            when middle_names_l is null or middle_names_r is null then 0
            when middle_names_l = middle_names_r then 3
            when left(middle_names_l, 1) = left(middle_names_r, 1) then 2
            else 1
        end::utinyint as middle_names,
        case
            when birth_date_l is null or birth_date_r is null then 0
            when birth_date_l = birth_date_r then 5
            when is_placeholder then if(year(birth_date_l) = year(birth_date_r), 2, 1)
            when day(birth_date_l) = month(birth_date_r) and month(birth_date_l) = day(birth_date_r) and year(birth_date_l) = year(birth_date_r) then 4
            when damerau_levenshtein(birth_digits_l, birth_digits_r) = 1 then 4
            when abs(year(birth_date_l) - year(birth_date_r)) = 1 and right(birth_digits_l, 4) = right(birth_digits_r, 4) then 4
            -- Two parts of three: a wrong day, month or year leaves the others.
            when (day(birth_date_l) = day(birth_date_r))::tinyint + (month(birth_date_l) = month(birth_date_r))::tinyint
                + (year(birth_date_l) = year(birth_date_r))::tinyint = 2 then 3
            else 1
        end::utinyint as birth_date,
        case when sex_l is null or sex_r is null then 0 when sex_l = sex_r then 2 else 1 end::utinyint as sex,
        case
            when nino_l is null or nino_r is null then 0
            when nino_l = nino_r then 3
            when damerau_levenshtein(nino_l, nino_r) = 1 then 2
            else 1
        end::utinyint as nino,
        case when upn_l is null or upn_r is null then 0 when upn_l = upn_r then 2 else 1 end::utinyint as upn,
        case
            when postcode_l is null and uprn_l is null or postcode_r is null and uprn_r is null then 0
            when address_key_l = address_key_r or (building_l = building_r and saon_l is not distinct from saon_r) then if(is_shared_address, 4, 5)
            when building_l = building_r then 4
            when postcode_l = postcode_r then 3
            when left(postcode_l, length(postcode_l) - 2) = left(postcode_r, length(postcode_r) - 2) then 2
            else 1
        end::utinyint as address,
        -- Where one side has no date of birth but a latest possible one, as a pupil's parent has: could the other side's date be theirs?
        case
            when (birth_date_l is null) = (birth_date_r is null) then 0
            when birth_date_latest_l is null or birth_date_latest_r is null then 0
            when coalesce(birth_date_l, birth_date_r) <= if(birth_date_l is null, birth_date_latest_l, birth_date_latest_r) then 2
            else 1
        end::utinyint as age,
        -- The police open a new reference for a known person now and then; a school or a landlord hardly ever.
        case
            when not is_one_source or reference_l is null or reference_r is null then 0
            when reference_l = reference_r then 3
            when source = 'police_asb' then 2
            else 1
        end::utinyint as reference,
        coalesce(upn_l <> upn_r and birth_date_l <> birth_date_r, false) as is_other_pupil,
        -- A digit typed wrong is close or leaves two parts of three (above); a wholly different date a generation away is a namesake's.
        abs(year(birth_date_l) - year(birth_date_r)) >= 12 and not is_placeholder and (nino_l <> nino_r or nino_l is null or nino_r is null) as is_generation_apart,
        case
            when list_has_any(kin_births_l, kin_births_r) then 3
            when list_has_any(kin_names_l, kin_names_r) then 2
            when kin_names_l is null or kin_names_r is null then 0
            else 1
        end as company
    from side
)
select
    n_l,
    n_r,
    forename,
    surname,
    -- At one dwelling the company is the same by itself, and says nothing.
    if(address >= 4, 0, company)::utinyint as kin,
    forename::ubigint
        + surname::ubigint * 16
        + middle_names::ubigint * 256
        + birth_date::ubigint * 4096
        + sex::ubigint * 65536
        + nino::ubigint * 1048576
        + upn::ubigint * 16777216
        + address::ubigint * 268435456
        + age::ubigint * 4294967296
        + kin::ubigint * 68719476736
        + reference::ubigint * 1099511627776 as pattern,
    forename_share,
    surname_share,
    further_address_share,
    -- What cannot be one person, whatever the weights say: a child's record as its parent's, twins by their numbers, sister and brother.
    -- What a source itself declares to be two people stays two: a parent and a child of one name, partners, joint tenants.
    age = 1 or is_other_pupil or (birth_date = 1 and is_generation_apart) or (upn = 1 and forename = 1) or (sex = 1 and forename = 1) as is_vetoed
from level
