-- company, at a glance: strangers where no mark is shared, else open (15).
case
    when level_address >= 5 then 0
    when l.kin_names_mark is null or r.kin_names_mark is null then 0
    when l.kin_names_mark & r.kin_names_mark = 0 and coalesce(l.kin_births_mark & r.kin_births_mark, 0) = 0 then 1
    else 15
end
