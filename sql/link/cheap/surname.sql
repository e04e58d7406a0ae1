-- surname, at a glance: exact, or anything else (15).
case when l.surname is null or r.surname is null then 0 when l.surname = r.surname then 5 else 15 end
