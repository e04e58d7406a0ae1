-- How alike two different forenames of more than a letter are; levels as in level/forename.
-- Cheap tests stand before string distances: names a letter apart are similar by Jaro and Winkler, which is ten times faster.
case
    when list_has_any(l.nicknames, r.nicknames) then 6
    when length(l.forename) > 3 and abs(length(l.forename) - length(r.forename)) <= 1
        and jaro_winkler_similarity(l.forename, r.forename) > 0.69 and damerau_levenshtein(l.forename, r.forename) = 1 then 5
    when jaro_winkler_similarity(l.forename, r.forename) >= 0.9 then 4
    -- A short form that no list holds: Tra for Tracey.
    when length(l.forename) >= 3 and length(r.forename) >= 3 and (starts_with(l.forename, r.forename) or starts_with(r.forename, l.forename)) then 4
    when length(l.forename) <= 3 and length(r.forename) <= 4 and damerau_levenshtein(l.forename, r.forename) = 1 then 4
    when l.forename_phonetic = r.forename_phonetic then 3
    else 1
end
