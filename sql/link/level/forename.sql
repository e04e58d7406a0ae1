-- forename: different, initial, sound, close, typing_error, nickname, swapped, exact. How alike two different names are stands in forename_pair.
case
    when l.forename_n is null or r.forename_n is null then 0
    when l.forename_n = r.forename_n then 8
    when is_swapped then 7
    when forename_pair.is_initial then forename_pair.level
    -- A space typed into a name parts it in two.
    when (l.middle_names is not null or r.middle_names is not null)
        and (starts_with(l.forename, r.forename) or starts_with(r.forename, l.forename)) and concat(l.forename, replace(l.middle_names, ' ', ''))
        = concat(r.forename, replace(r.middle_names, ' ', '')) then 5
    when forename_pair.level >= 4 then forename_pair.level
    when contains(l.middle_names, r.forename) and list_contains(string_split(l.middle_names, ' '), r.forename) then 4
    when contains(r.middle_names, l.forename) and list_contains(string_split(r.middle_names, ' '), l.forename) then 4
    else forename_pair.level
end
