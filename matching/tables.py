"""Working tables of linkage: each is a temporary table named for the file in `sql/link/` that makes it."""

from typing import Any

import duckdb
from numpy.typing import NDArray

import sql

Connection = duckdb.DuckDBPyConnection


def make(con: Connection, table: str, statement: str | None = None, parameters: dict[str, Any] | None = None) -> int:
    """Make the temporary table anew from `sql/link/<statement or table>.sql`; returns its row count."""
    return make_from(con, table, sql.read(f"link/{statement or table}"), parameters)


def make_from(con: Connection, table: str, statement: str, parameters: dict[str, Any] | None = None) -> int:
    """Make the temporary table anew from a statement; returns its row count."""
    con.execute(f"create or replace temp table {table} as {statement}", parameters or {})
    row = con.execute(f"from {table} select count(*)").fetchone()
    return int(row[0]) if row else 0


def rename(con: Connection, table: str, name: str) -> None:
    """Give a working table another name; one that has it already is dropped."""
    con.execute(f"drop table if exists {name}")
    con.execute(f"alter table {table} rename to {name}")


def fill(con: Connection, table: str, columns: dict[str, str], rows: list[tuple[Any, ...]]) -> None:
    """Make the temporary table anew from rows in memory; for the few thousand values that Python computes."""
    con.execute(f"create or replace temp table {table} ({', '.join(f'{name} {kind}' for name, kind in columns.items())})")
    if rows:
        lists = list(map(list, zip(*rows, strict=True)))
        con.execute(f"insert into {table} select {', '.join(['unnest(?)'] * len(columns))}", lists)


def fill_numbers(con: Connection, table: str, columns: dict[str, NDArray[Any]]) -> None:
    """Make the temporary table anew from arrays of one length."""
    import pyarrow as pa

    con.register("given_numbers", pa.table(columns))
    con.execute(f"create or replace temp table {table} as from given_numbers")
    con.unregister("given_numbers")


def composed(statement: str, **parts: str) -> str:
    """The skeleton `sql/<statement>.sql` with its `{name}` places filled; other braces, as in patterns, stay as they are."""
    text = sql.read(statement)
    for name, part in parts.items():
        text = text.replace(f"{{{name}}}", part)
    return text
