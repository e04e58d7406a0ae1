-- source: same, other_role, other. A source seldom holds one person twice, less so in two roles, and mostly holds both of two people.
case
    -- What one source says twice over is a copy.
    when l.{column} is null or r.{column} is null or l.n = r.n then 0
    when l.{column} <> r.{column} then 3
    when l.source_role <> r.source_role then 2
    else 1
end
