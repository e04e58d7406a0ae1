"""Each kind of expectation as Great Expectations knows it: on a row of counts, or on a small table's own rows."""

import math
from typing import Any

from expectations.context import counted_check, native
from expectations.vocabulary import Expectation, Kind

# Kinds that Great Expectations can judge on the rows themselves; the others go by counts.
BY_ROWS = (Kind.REQUIRED, Kind.ALLOWED, Kind.RANGE, Kind.UNIQUE)


def limit(expectation: Expectation, checked: int) -> int:
    """How many of so many may offend."""
    return math.floor(expectation.tolerated_share * checked)


def of_counts(expectation: Expectation, checked: int, position: int) -> Any:
    """The column of counts named for the expectation holds no more than may offend."""
    most = limit(expectation, checked)
    return counted_check()(column=expectation.name, min_value=0, max_value=most, **_said(expectation, position))


def of_rows(expectation: Expectation, position: int) -> Any:
    """The native expectation. Nulls pass the ranges and lists; in a key, two nulls are one value."""
    said = _said(expectation, position)
    column = expectation.columns[0]
    match expectation.kind:
        case Kind.REQUIRED:
            return native().ExpectColumnValuesToNotBeNull(column=column, **said)
        case Kind.ALLOWED:
            return native().ExpectColumnValuesToBeInSet(column=column, value_set=list(expectation.allowed), **said)
        case Kind.RANGE:
            return native().ExpectColumnValuesToBeBetween(column=column, min_value=expectation.minimum, max_value=expectation.maximum, **said)
        case Kind.UNIQUE if len(expectation.columns) > 1:
            return native().ExpectCompoundColumnsToBeUnique(column_list=list(expectation.columns), ignore_row_if="never", **said)
        case Kind.UNIQUE:
            return native().ExpectColumnValuesToBeUnique(column=column, **said)
    raise ValueError(f"expectations of kind {expectation.kind} go by counts")


def _said(expectation: Expectation, position: int) -> dict[str, Any]:
    return {"severity": expectation.severity, "description": expectation.description, "meta": {"position": position}}
