-- middle_names: different, initial, exact.
case
    when l.middle_names is null or r.middle_names is null then 0
    when l.middle_names = r.middle_names then 3
    when left(l.middle_names, 1) = left(r.middle_names, 1) then 2
    else 1
end
