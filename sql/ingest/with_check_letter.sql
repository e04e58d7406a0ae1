-- with_check_letter(x): a UPN of twelve digits with its check letter put back, which follows from the digits (DfE, UPN guide: weights 2 to 13, modulo 23).
-- Five noughts at its end are what a spreadsheet leaves of digits that it cut off (2.01E+11 saved again): no letter follows from those.
create or replace temp macro with_check_letter(x) as
    case
        when regexp_full_match(x, '\d{12}') and not ends_with(x, '00000')
            then substr(
                'ABCDEFGHJKLMNPQRTUVWXYZ',
                1 + (list_sum(list_transform(range(1, 13), lambda place: substr(x, place, 1)::integer * (place + 1))) % 23)::integer,
                1
            ) || x
        else x
    end
