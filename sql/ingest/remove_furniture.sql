-- remove_furniture: takes out of `delivered` what is not about anybody. Grain: row that is blank, repeats the header, or gives a total.
-- A total's row names no more than half of what every row must have, so that a person called Total stays.
delete from delivered
where
    coalesce({every_cell}, tidy(beyond)) is null
    or ({repeats_header})
    or (
        regexp_matches(coalesce({every_cell}), $total, 'i')
        and {required_filled} <= {required_count} / 2.0
    )
