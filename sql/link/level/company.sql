-- company: strangers, same_name, same_birth. At one dwelling the company is the same by itself, and says nothing.
case
    when level_address >= 5 then 0
    when l.kin_names_mark is null or r.kin_names_mark is null then 0
    when l.kin_names_mark & r.kin_names_mark = 0 and coalesce(l.kin_births_mark & r.kin_births_mark, 0) = 0 then 1
    when list_has_any(l.kin_births, r.kin_births) then 3
    when list_has_any(l.kin_names, r.kin_names) then 2
    else 1
end
