-- tidy(x): the text without blanks at its ends (space, tab, line break, no-break space, byte-order mark); null when nothing is left.
create or replace temp macro tidy(x) as
    nullif(trim(x, ' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(65279)), '')
