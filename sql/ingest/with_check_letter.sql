-- with_check_letter(x): a UPN of twelve digits with its check letter put back, which follows from the digits (DfE, UPN guide: weights 2 to 13, modulo 23).
create or replace temp macro with_check_letter(x) as
    case
        when regexp_full_match(x, '\d{12}')
            then substr(
                'ABCDEFGHJKLMNPQRTUVWXYZ',
                1 + (list_sum(list_transform(range(1, 13), lambda place: substr(x, place, 1)::integer * (place + 1))) % 23)::integer,
                1
            ) || x
        else x
    end
