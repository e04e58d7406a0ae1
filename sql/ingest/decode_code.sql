-- decode_code(x, codes, meanings): the meaning at the code's place in the list, an empty text being a code too; text that is no code stays.
create or replace temp macro decode_code(x, codes, meanings) as
    case
        when list_contains(codes, upper(coalesce(x, ''))) then meanings[list_position(codes, upper(coalesce(x, '')))]
        else x
    end
