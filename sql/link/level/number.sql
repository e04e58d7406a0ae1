-- number: different, close, exact.
case
    when l.{column} is null or r.{column} is null then 0
    when l.{column} = r.{column} then 3
    when jaro_winkler_similarity(l.{column}, r.{column}) > 0.69 and damerau_levenshtein(l.{column}, r.{column}) = 1 then 2
    else 1
end
