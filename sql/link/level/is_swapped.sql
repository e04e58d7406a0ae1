-- is_swapped: names the wrong way round, one of them perhaps misspelt. The forename field carries the finding, the surname field says nothing more.
case
    when l.forename = l.surname or r.forename = r.surname then false
    when l.forename = r.surname then jaro_winkler_similarity(l.surname, r.forename) >= 0.88
    when l.surname = r.forename then jaro_winkler_similarity(l.forename, r.surname) >= 0.88
    else false
end
