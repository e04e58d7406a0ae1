-- as_whole_number(x): the number, a decimal part of noughts being allowed (Excel writes 135.0), or null.
create or replace temp macro as_whole_number(x) as
    try_cast(regexp_extract(x, '^(-?\d{1,9})(\.0*)?$', 1) as integer)
