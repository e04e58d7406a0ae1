-- company, at a glance: as at a close look, save that an address not seen yet (15) may turn out to be one dwelling, where company says nothing.
case
    when level_address in (5, 6, 7) then 0
    when l.kin_names is null or r.kin_names is null then 0
    when list_has_any(l.kin_births, r.kin_births) then 3
    when list_has_any(l.kin_names, r.kin_names) then 2
    else 1
end
