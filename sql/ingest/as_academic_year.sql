-- as_academic_year(x, pattern): the year that starts, by the pattern's first group, or null when the year that ends is not the next one.
create or replace temp macro as_academic_year(x, pattern) as
    case
        when regexp_full_match(x, pattern)
            and (
                regexp_extract(x, pattern, 2) = ''
                or right(regexp_extract(x, pattern, 2), 2)::integer = (regexp_extract(x, pattern, 1)::integer + 1) % 100
            )
            then regexp_extract(x, pattern, 1)::integer
    end
