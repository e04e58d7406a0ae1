-- source: same, other. A source seldom holds one person twice, and mostly holds both of two people.
case when l.{column} is null or r.{column} is null then 0 when l.{column} = r.{column} then 1 else 2 end
