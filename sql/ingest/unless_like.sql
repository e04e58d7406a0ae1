-- unless_like(x, pattern): the text, or null when the pattern matches the whole of it in either case.
create or replace temp macro unless_like(x, pattern) as
    case when regexp_full_match(x, pattern, 'i') then null else x end
