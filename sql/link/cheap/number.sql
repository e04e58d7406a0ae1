-- number, at a glance: exact, or anything else (15).
case when l.{column} is null or r.{column} is null then 0 when l.{column} = r.{column} then 3 else 15 end
