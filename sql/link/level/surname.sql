-- surname: different, sound, close, part (half of a double-barrelled or a former name), exact.
case
    when l.surname is null or r.surname is null or is_swapped then 0
    when l.surname = r.surname then 5
    when (l.surname_parts is not null or r.surname_parts is not null)
        and list_has_any(coalesce(l.surname_parts, [l.surname]), coalesce(r.surname_parts, [r.surname])) then 4
    when jaro_winkler_similarity(l.surname, r.surname) >= 0.92 then 3
    when length(l.surname) > 4 and abs(length(l.surname) - length(r.surname)) <= 1
        and jaro_winkler_similarity(l.surname, r.surname) > 0.69 and damerau_levenshtein(l.surname, r.surname) = 1 then 3
    when l.surname_phonetic = r.surname_phonetic then 2
    else 1
end
