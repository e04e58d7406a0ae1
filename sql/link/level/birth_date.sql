-- birth_date: different, year (only the year agrees, or one is a placeholder of that year), part (two of day, month, year), close (one digit, day and month swapped, a year off), exact.
-- The date is the number yyyymmdd, which also holds dates that no calendar has. In birth_code each digit has four bits, so that what differs is seen bit by bit.
case
    when l.birth_number is null or r.birth_number is null then 0
    when l.birth_code = r.birth_code then 5
    when l.is_placeholder or r.is_placeholder then if(xor(l.birth_code, r.birth_code) >> 16 = 0, 2, 1)
    -- Without one equal part no two dates are a digit apart.
    when xor(l.birth_code, r.birth_code) >> 16 <> 0 and xor(l.birth_code, r.birth_code) & 65280 <> 0 and xor(l.birth_code, r.birth_code) & 255 <> 0 then 1
    when xor(l.birth_code, r.birth_code) >> 16 = 0 and l.birth_code & 255 = r.birth_code >> 8 & 255 and l.birth_code >> 8 & 255 = r.birth_code & 255 then 4
    when abs(l.birth_number - r.birth_number) = 10000 then 4
    -- Both have eight digits: one differs, or two neighbours stand the wrong way round.
    when bit_count(
        (xor(l.birth_code, r.birth_code) | xor(l.birth_code, r.birth_code) >> 1 | xor(l.birth_code, r.birth_code) >> 2 | xor(l.birth_code, r.birth_code) >> 3) & 286331153
    ) <= 2 and damerau_levenshtein(l.birth_number::varchar, r.birth_number::varchar) = 1 then 4
    -- Two parts of three: a wrong day, month or year leaves the others.
    when (xor(l.birth_code, r.birth_code) >> 16 = 0)::tinyint + (xor(l.birth_code, r.birth_code) & 65280 = 0)::tinyint
        + (xor(l.birth_code, r.birth_code) & 255 = 0)::tinyint = 2 then 3
    when xor(l.birth_code, r.birth_code) >> 16 = 0 then 2
    else 1
end
