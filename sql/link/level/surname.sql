-- surname: different, sound, close, part (half of a double-barrelled or a former name), exact. A skeleton: how alike two different names are (sql/link/alike/) is put in, or looked up.
case
    when l.surname_n is null or r.surname_n is null or is_swapped then 0
    when l.surname_n = r.surname_n then 5
    when (l.surname_parts is not null or r.surname_parts is not null)
        and list_has_any(coalesce(l.surname_parts, [l.surname]), coalesce(r.surname_parts, [r.surname])) then 4
    else {alike}
end
