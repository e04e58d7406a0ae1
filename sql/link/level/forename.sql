-- forename: different, initial, sound, close, typing_error, nickname, swapped, exact.
-- Cheap tests stand before string distances: names a letter apart are similar by Jaro and Winkler, which is ten times faster.
case
    when l.forename is null or r.forename is null then 0
    when l.forename = r.forename then 8
    when is_swapped then 7
    when length(l.forename) = 1 or length(r.forename) = 1 then if(left(l.forename, 1) = left(r.forename, 1), 2, 1)
    -- A space typed into a name parts it in two.
    when (l.middle_names is not null or r.middle_names is not null)
        and (starts_with(l.forename, r.forename) or starts_with(r.forename, l.forename)) and concat(l.forename, replace(l.middle_names, ' ', ''))
        = concat(r.forename, replace(r.middle_names, ' ', '')) then 5
    when l.nicknames is not null and r.nicknames is not null and list_has_any(l.nicknames, r.nicknames) then 6
    when length(l.forename) > 3 and abs(length(l.forename) - length(r.forename)) <= 1
        and jaro_winkler_similarity(l.forename, r.forename) > 0.69 and damerau_levenshtein(l.forename, r.forename) = 1 then 5
    when contains(l.middle_names, r.forename) and list_contains(string_split(l.middle_names, ' '), r.forename) then 4
    when contains(r.middle_names, l.forename) and list_contains(string_split(r.middle_names, ' '), l.forename) then 4
    when jaro_winkler_similarity(l.forename, r.forename) >= 0.9 then 4
    -- A short form that no list holds: Tra for Tracey.
    when length(l.forename) >= 3 and length(r.forename) >= 3 and (starts_with(l.forename, r.forename) or starts_with(r.forename, l.forename)) then 4
    when length(l.forename) <= 3 and length(r.forename) <= 4 and damerau_levenshtein(l.forename, r.forename) = 1 then 4
    when l.forename_phonetic = r.forename_phonetic then 3
    else 1
end
