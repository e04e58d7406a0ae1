-- forename, at a glance: exact, or anything else (15).
case when l.forename is null or r.forename is null then 0 when l.forename = r.forename then 8 else 15 end
