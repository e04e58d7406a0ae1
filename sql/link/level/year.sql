-- year: different, within_five, within_two, near (one apart), exact. A year of birth reckoned from an age that somebody gives is mostly a little off.
case
    when l.{column} is null or r.{column} is null then 0
    when l.{column} = r.{column} then 5
    when abs(l.{column} - r.{column}) <= 1 then 4
    when abs(l.{column} - r.{column}) <= 2 then 3
    when abs(l.{column} - r.{column}) <= 5 then 2
    else 1
end
