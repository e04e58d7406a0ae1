-- surname_pair: how alike two different surnames are, worked out once however many candidate pairs have them. Grain: surname x surname. Levels as in level/surname.
with met as (
    select distinct l.surname_n as l_n, r.surname_n as r_n
    from candidate_pair as pair
    inner join link_record as l on l.n = pair.n_l
    inner join link_record as r on r.n = pair.n_r
    where l.surname_n <> r.surname_n
),
name as (
    select surname_n as n, min(surname) as surname, min(surname_phonetic) as phonetic
    from link_record
    where surname_n is not null
    group by surname_n
)
select
    met.l_n,
    met.r_n,
    case
        when jaro_winkler_similarity(l.surname, r.surname) >= 0.92 then 3
        when length(l.surname) > 4 and abs(length(l.surname) - length(r.surname)) <= 1
            and jaro_winkler_similarity(l.surname, r.surname) > 0.69 and damerau_levenshtein(l.surname, r.surname) = 1 then 3
        when l.phonetic = r.phonetic then 2
        else 1
    end as level
from met
inner join name as l on l.n = met.l_n
inner join name as r on r.n = met.r_n
