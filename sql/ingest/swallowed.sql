-- swallowed: marks rows of `delivered` in which a stray quotation mark swallowed whole rows, so that they have their right number of fields again.
-- Such a field runs over lines and holds as many delimiters as one row or several. Grain: row.
update delivered
set fault = 'open_quote'
where
    fault is null
    and contains(concat_ws('', {cells}), chr(10))
    and len(list_filter(
        [{cells}],
        lambda cell: contains(cell, chr(10))
            and length(cell) - length(replace(cell, $delimiter, '')) >= $fewest
            and (length(cell) - length(replace(cell, $delimiter, ''))) % $fewest = 0
    )) > 0
