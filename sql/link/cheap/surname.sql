-- surname, at a glance: open (15) where a part of it, or a former name, may be shared.
case
    when l.surname_n is null or r.surname_n is null or is_swapped then 0
    when l.surname_n = r.surname_n then 5
    when (l.has_surname_parts or r.has_surname_parts) and l.surname_mark & r.surname_mark <> 0 then 15
    else {alike}
end
