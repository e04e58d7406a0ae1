-- birth_date: different, year (only the year agrees, or one is a placeholder of that year), part (two of day, month, year), close (one digit, day and month swapped, a year off), exact.
-- The date is the number yyyymmdd, which also holds dates that no calendar has. Without one equal part no two dates are a digit apart.
case
    when l.birth_number is null or r.birth_number is null then 0
    when l.birth_number = r.birth_number then 5
    when l.is_placeholder or r.is_placeholder then if(l.birth_number // 10000 = r.birth_number // 10000, 2, 1)
    when l.birth_number // 10000 <> r.birth_number // 10000 and l.birth_number % 100 <> r.birth_number % 100
        and l.birth_number // 100 % 100 <> r.birth_number // 100 % 100 then 1
    when l.birth_number // 10000 = r.birth_number // 10000 and l.birth_number % 100 = r.birth_number // 100 % 100
        and l.birth_number // 100 % 100 = r.birth_number % 100 then 4
    when abs(l.birth_number - r.birth_number) = 10000 then 4
    -- Both have eight digits: one differs, or two neighbours stand the wrong way round.
    when hamming(l.birth_number::varchar, r.birth_number::varchar) <= 2 and damerau_levenshtein(l.birth_number::varchar, r.birth_number::varchar) = 1 then 4
    -- Two parts of three: a wrong day, month or year leaves the others.
    when (l.birth_number // 10000 = r.birth_number // 10000)::tinyint + (l.birth_number // 100 % 100 = r.birth_number // 100 % 100)::tinyint
        + (l.birth_number % 100 = r.birth_number % 100)::tinyint = 2 then 3
    when l.birth_number // 10000 = r.birth_number // 10000 then 2
    else 1
end
