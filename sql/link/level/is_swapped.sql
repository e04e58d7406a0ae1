-- is_swapped: names the wrong way round, one of them perhaps misspelt or cut short. The forename field carries the finding, the surname field says nothing more.
case
    when l.forename = l.surname or r.forename = r.surname then false
    when l.forename = r.surname then jaro_winkler_similarity(l.surname, r.forename) >= 0.8
        or (left(l.surname, 1) = left(r.forename, 1) and least(length(l.surname), length(r.forename)) = 1)
    when l.surname = r.forename then jaro_winkler_similarity(l.forename, r.surname) >= 0.8
        or (left(l.forename, 1) = left(r.surname, 1) and least(length(l.forename), length(r.surname)) = 1)
    else false
end
