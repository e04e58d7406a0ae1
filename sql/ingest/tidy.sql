-- tidy(x): the text without blanks at its ends (space, tab, line break, no-break space, byte-order mark); null when nothing is left.
-- A text of plain letters that neither begins nor ends with a blank, as nearly all are, is told by three cheap questions, for trimming takes five times as long.
create or replace temp macro tidy(x) as
    case
        when ascii(x) > 32 and strlen(x) = length(x) and x[-1] > ' ' then x
        else nullif(trim(x, ' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(65279)), '')
    end
