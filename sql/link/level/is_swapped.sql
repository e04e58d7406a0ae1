-- is_swapped: names the wrong way round, one of them perhaps misspelt or cut short. The forename field carries the finding, the surname field says nothing more.
case
    -- As it is with most pairs; asking it first spares the rest.
    when l.forename_n <> r.surname_n and l.surname_n <> r.forename_n then false
    when l.forename_n = l.surname_n or r.forename_n = r.surname_n then false
    when l.forename_n = r.surname_n then jaro_winkler_similarity(l.surname, r.forename) >= 0.8
        or (left(l.surname, 1) = left(r.forename, 1) and least(length(l.surname), length(r.forename)) = 1)
    when l.surname_n = r.forename_n then jaro_winkler_similarity(l.forename, r.surname) >= 0.8
        or (left(l.forename, 1) = left(r.surname, 1) and least(length(l.forename), length(r.surname)) = 1)
    else false
end
