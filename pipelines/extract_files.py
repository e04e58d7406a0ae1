"""Attaches an extract for a run to read. One that an earlier version made shows the columns its contract has gained since, empty; the file is never changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines import warehouse
from pipelines.settings import Settings
from schemas.extracts import CONTRACTS, PARTS
from schemas.table import Column, Table

_AS_MADE = "_as_made"


def attach(con: warehouse.Connection, settings: Settings, path: Path, alias: str) -> None:
    """Attach the extract as `alias`, read-only. Raises what `warehouse.attach` raises.

    A column that must hold a value is never added: what lacks one stays as it is, and the landing gate refuses it.
    """
    warehouse.attach(con, settings, path, alias)
    gained = {table.name: columns for table in _declared(path.parent.name) if (columns := _gained(con, alias, table))}
    if gained:
        con.execute(f"detach {alias}")
        _widen(con, settings, path, alias, gained)


def detach(con: warehouse.Connection, alias: str) -> None:
    """Detach what `attach` attached."""
    con.execute(f"detach {alias}")
    con.execute(f"detach database if exists {alias}{_AS_MADE}")


@contextmanager
def attached(con: warehouse.Connection, settings: Settings, path: Path, alias: str) -> Iterator[None]:
    """The extract attached as `alias` while the block runs."""
    attach(con, settings, path, alias)
    try:
        yield
    finally:
        detach(con, alias)


def _declared(source: str) -> list[Table]:
    """The tables that a delivery of the source may fill."""
    return [CONTRACTS[source].table, *(part.table for part in PARTS.get(source, {}).values())]


def _gained(con: warehouse.Connection, alias: str, table: Table) -> list[Column]:
    """Columns declared today, and free to be empty, that the extract's table does not have; none for a table it does not hold."""
    found = _columns(con, alias, table.name)
    return [column for column in table if found and column.name not in found and not column.required]


def _columns(con: warehouse.Connection, alias: str, table: str) -> set[str]:
    query = "select column_name from duckdb_columns() where database_name = ? and schema_name = 'extract' and table_name = ?"
    return {row[0] for row in con.execute(query, [alias, table]).fetchall()}


def _widen(con: warehouse.Connection, settings: Settings, path: Path, alias: str, gained: dict[str, list[Column]]) -> None:
    """Make `alias` a database of views on the file; views, since a county's marks are not copied for a column that is empty."""
    made = f"{alias}{_AS_MADE}"
    warehouse.attach(con, settings, path, made)
    con.execute(f"attach ':memory:' as {alias}")
    con.execute(f"create schema {alias}.extract")
    tables = con.execute("select table_name from duckdb_tables() where database_name = ? and schema_name = 'extract'", [made]).fetchall()
    for (table,) in tables:
        columns = "".join(f', null::{column.type} as "{column.name}"' for column in gained.get(table, []))
        con.execute(f"create view {alias}.extract.{table} as select *{columns} from {made}.extract.{table}")  # noqa: S608 - declared names
