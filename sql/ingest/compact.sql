-- compact(x): a header's name without case, spaces, dots, dashes and underscores.
create or replace temp macro compact(x) as
    regexp_replace(lower(x), '[\s._-]', '', 'g')
