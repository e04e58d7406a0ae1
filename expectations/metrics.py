"""Counts offenders of a whole suite in one scan by DuckDB, so that Great Expectations has one row to check, however long the table."""

import re
from dataclasses import replace
from typing import Any

import duckdb

from expectations.vocabulary import Expectation, Kind, Suite

# Keys of so many rows are counted at a time: a county's year of session marks is nearly a hundred million, whose keys at once would fill the memory.
_KEYS_AT_ONCE = 10_000_000

_PARAMETER = re.compile(r"\$(\w+)")


def broken_shape(con: duckdb.DuckDBPyConnection, suite: Suite, relation: str) -> int:
    """How many declared columns the relation lacks or holds in another type; all of them when it is not there."""
    try:
        found = {row[0]: row[1] for row in con.sql(f"describe {relation}").fetchall()}
    except duckdb.CatalogException:
        found = {}
    return sum(found.get(column.name) != column.type for column in suite.table)


def counts(con: duckdb.DuckDBPyConnection, suite: Suite, relation: str, parameters: dict[str, Any]) -> dict[str, tuple[int, int]]:
    """Checked and unexpected count of each expectation but the shape, by name."""
    checks = [e for e in suite.expectations if e.kind is not Kind.SHAPE]
    if any(check.kind is Kind.UNIQUE for check in checks) and (rows := _row_count(con, relation)) > _KEYS_AT_ONCE:
        keys = {check.name: (rows, _repeats(con, check, relation, rows // _KEYS_AT_ONCE + 1)) for check in checks if check.kind is Kind.UNIQUE}
        others = replace(suite, expectations=tuple(check for check in checks if check.kind is not Kind.UNIQUE))
        return counts(con, others, relation, parameters) | keys
    bound: dict[str, Any] = {}
    columns = [part for position, check in enumerate(checks) for part in (_checked(check), _unexpected(check, position, bound))]
    statement = f"select {', '.join(columns)} from {relation}"  # noqa: S608 - made of declared names; values are parameters
    named = set(_PARAMETER.findall(statement))
    row = con.execute(statement, bound | {name: value for name, value in parameters.items() if name in named}).fetchall()[0]
    return {check.name: (int(row[2 * i]), int(row[2 * i + 1])) for i, check in enumerate(checks)}


def _row_count(con: duckdb.DuckDBPyConnection, relation: str) -> int:
    return int(con.execute(f"select count(*) from {relation}").fetchall()[0][0])  # noqa: S608 - a declared name


def _repeats(con: duckdb.DuckDBPyConnection, check: Expectation, relation: str, parts: int) -> int:
    """Rows whose key an earlier one has; keys are parted by their hash, so that equal ones come together."""
    key = ", ".join(check.columns)
    statement = f"select count(*) - count(distinct row({key})) from {relation} where hash({key}) % $parts::ubigint = $part::ubigint"  # noqa: S608 - declared names
    return sum(int(con.execute(statement, {"parts": parts, "part": part}).fetchall()[0][0]) for part in range(parts))


def _checked(check: Expectation) -> str:
    if check.kind is Kind.NEVER and check.among != "true":
        return f"count(*) filter (where {check.among})"
    return f'count("{check.columns[0]}")' if check.kind in (Kind.ALLOWED, Kind.RANGE) else "count(*)"


def _unexpected(check: Expectation, position: int, bound: dict[str, Any]) -> str:
    column = f'"{check.columns[0]}"' if check.columns else ""
    match check.kind:
        case Kind.FILLED:
            return "(count(*) = 0)::integer"
        case Kind.REQUIRED:
            return f"count(*) - count({column})"
        case Kind.UNIQUE:
            return f"count(*) - count(distinct row({', '.join(check.columns)}))"
        case Kind.ALLOWED:
            bound[f"allowed_{position}"] = list(check.allowed)
            return f"count(*) filter (where not list_contains($allowed_{position}, {column}))"
        case Kind.RANGE:
            return f"count(*) filter (where {_outside(check, column, position, bound)})"
        case _:
            return f"count(*) filter (where ({check.among}) and ({check.condition}))"


def _outside(check: Expectation, column: str, position: int, bound: dict[str, Any]) -> str:
    sides = []
    if check.minimum is not None:
        bound[f"minimum_{position}"] = check.minimum
        sides.append(f"{column} < $minimum_{position}")
    if check.maximum is not None:
        bound[f"maximum_{position}"] = check.maximum
        sides.append(f"{column} > $maximum_{position}")
    return " or ".join(sides)
