-- How alike two different surnames are; levels as in level/surname.
case
    when jaro_winkler_similarity(l.surname, r.surname) >= 0.92 then 3
    when length(l.surname) > 4 and abs(length(l.surname) - length(r.surname)) <= 1
        and jaro_winkler_similarity(l.surname, r.surname) > 0.69 and damerau_levenshtein(l.surname, r.surname) = 1 then 3
    when l.surname_phonetic = r.surname_phonetic then 2
    else 1
end
