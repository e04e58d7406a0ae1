-- quantity: different, near (one apart), exact.
case
    when l.{column} is null or r.{column} is null then 0
    when l.{column} = r.{column} then 3
    when abs(l.{column} - r.{column}) <= 1 then 2
    else 1
end
