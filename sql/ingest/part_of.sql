-- part_of(x, pattern): the pattern's first group where the pattern matches the whole text; the text itself where it does not, so that later rules see it.
create or replace temp macro part_of(x, pattern) as
    case when regexp_full_match(x, pattern, 'i') then nullif(trim(regexp_extract(x, pattern, 1, 'i')), '') else x end
