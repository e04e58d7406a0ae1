"""Applies a rule for one value to the distinct values of a query, so that Python sees each once; the result is joined back in SQL."""

import json
from collections.abc import Callable, Iterator

import duckdb

import sql

Connection = duckdb.DuckDBPyConnection
Fields = dict[str, str]
Row = tuple[object, ...]

# Bounds the memory of the lists handed to DuckDB.
BATCH_SIZE = 50_000
# Unit separator: parts one rule reads together travel as one text.
SEPARATOR = chr(31)


def make(con: Connection, table: str, query: str, rule: Callable[[str], Row], fields: Fields) -> int:
    """Make a temporary table of `text` and the rule's fields for each text the query selects; returns how many.

    `query` selects one column of distinct texts without null; `fields` names and types what the rule returns, in order.
    """
    columns = columns_of(fields)
    con.execute(f"create or replace temp table {table} ({', '.join(f'{name} {kind}' for name, kind in columns.items())})")
    return extend(con, table, query, rule, len(columns))


def columns_of(fields: Fields) -> Fields:
    """Columns of the table that `make` makes."""
    return {"text": "varchar"} | fields


def extend(con: Connection, table: str, query: str, rule: Callable[[str], Row], width: int) -> int:
    """Add a row for each text the query selects to a table of so many columns, `text` the first; returns how many."""
    # As JSON: DuckDB reads one text faster than it converts Python lists value by value.
    unnested = ", ".join(f"unnest(fields[{place}])" for place in range(1, width + 1))
    insert = f"insert into {table} from ({sql.read('standardise/fields')}) select {unnested}"
    texts = [row[0] for row in con.execute(query).fetchall()]
    for start in range(0, len(texts), BATCH_SIZE):
        batch = texts[start : start + BATCH_SIZE]
        con.execute(insert, {"fields": json.dumps([batch, *zip(*map(rule, batch), strict=True)], default=str)})
    return len(texts)


def parts(text: str) -> Iterator[str | None]:
    """The parts of a joined text; an empty part is None."""
    return (part or None for part in text.split(SEPARATOR))
