-- remove_furniture: takes out of `delivered` what is not about anybody. Grain: row that is blank, repeats the header, or gives a total.
-- A total's row names no more than half of what every row must have, so that a person called Total stays.
-- Lengths and counts are asked before patterns, for nearly every row is settled by them.
delete from delivered
where
    fault is distinct from 'open_quote'
    and fault is distinct from 'swallowed'
    and (
        ({is_long_enough} and {repeats_header})
        or (
            {required_filled} <= {required_count} / 2.0
            and (
                coalesce({every_cell}, tidy(beyond)) is null
                or regexp_matches(coalesce({every_cell}), $total, 'i')
            )
        )
    )
