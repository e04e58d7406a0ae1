-- forename_pair: how alike two different forenames are, worked out once however many candidate pairs have them. Grain: forename x forename.
-- Levels as in level/forename; an initial is compared with nothing but the other's initial.
-- Cheap tests stand before string distances: names a letter apart are similar by Jaro and Winkler, which is ten times faster.
with met as (
    select distinct l.forename_n as l_n, r.forename_n as r_n
    from candidate_pair as pair
    inner join link_record as l on l.n = pair.n_l
    inner join link_record as r on r.n = pair.n_r
    where l.forename_n <> r.forename_n
),
name as (
    select forename_n as n, min(forename) as forename, min(nicknames) as nicknames, min(forename_phonetic) as phonetic
    from link_record
    where forename_n is not null
    group by forename_n
)
select
    met.l_n,
    met.r_n,
    length(l.forename) = 1 or length(r.forename) = 1 as is_initial,
    case
        when is_initial then if(left(l.forename, 1) = left(r.forename, 1), 2, 1)
        when list_has_any(l.nicknames, r.nicknames) then 6
        when length(l.forename) > 3 and abs(length(l.forename) - length(r.forename)) <= 1
            and jaro_winkler_similarity(l.forename, r.forename) > 0.69 and damerau_levenshtein(l.forename, r.forename) = 1 then 5
        when jaro_winkler_similarity(l.forename, r.forename) >= 0.9 then 4
        -- A short form that no list holds: Tra for Tracey.
        when length(l.forename) >= 3 and length(r.forename) >= 3 and (starts_with(l.forename, r.forename) or starts_with(r.forename, l.forename)) then 4
        when length(l.forename) <= 3 and length(r.forename) <= 4 and damerau_levenshtein(l.forename, r.forename) = 1 then 4
        when l.phonetic = r.phonetic then 3
        else 1
    end as level
from met
inner join name as l on l.n = met.l_n
inner join name as r on r.n = met.r_n
