-- forename: different, initial, sound, close, typing_error, nickname, swapped, exact. A skeleton: how alike two different names are (sql/link/alike/) is put in, or looked up.
case
    when l.forename_n is null or r.forename_n is null then 0
    when l.forename_n = r.forename_n then 8
    when is_swapped then 7
    when length(l.forename) = 1 or length(r.forename) = 1 then if(left(l.forename, 1) = left(r.forename, 1), 2, 1)
    -- A space typed into a name parts it in two.
    when (l.middle_names is not null or r.middle_names is not null)
        and (starts_with(l.forename, r.forename) or starts_with(r.forename, l.forename)) and concat(l.forename, replace(l.middle_names, ' ', ''))
        = concat(r.forename, replace(r.middle_names, ' ', '')) then 5
    else greatest(
        {alike},
        if(
            contains(l.middle_names, r.forename) and list_contains(string_split(l.middle_names, ' '), r.forename)
            or contains(r.middle_names, l.forename) and list_contains(string_split(r.middle_names, ' '), l.forename),
            4,
            0
        )
    )
end
