-- category: different, exact.
case when l.{column} is null or r.{column} is null then 0 when l.{column} = r.{column} then 2 else 1 end
