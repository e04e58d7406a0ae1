"""The only module that opens a DuckDB file: encrypted, locked down, bounded in memory."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb

import sql
from pipelines.errors import NotAllowed
from pipelines.settings import Settings, encryption_key
from schemas.table import Table

Connection = duckdb.DuckDBPyConnection

_ALIAS = re.compile(r"[a-z][a-z0-9_]*")


@cache
def _extension() -> Path:
    """Path of the signed httpfs extension, whose OpenSSL DuckDB needs to write encrypted files."""
    spec = find_spec("duckdb_extension_httpfs")
    if spec is None or not spec.submodule_search_locations:
        raise NotAllowed("The package duckdb-extension-httpfs is not installed. Run: make setup")
    return next(Path(spec.submodule_search_locations[0]).glob(f"extensions/v{duckdb.__version__}/*.duckdb_extension"))


@contextmanager
def connection(settings: Settings) -> Iterator[Connection]:
    """An in-memory database with no network, bounded memory and encrypted spill; files are attached to it by `attach`."""
    spill = settings.home / "spill"
    spill.mkdir(parents=True, exist_ok=True, mode=0o700)
    config: dict[str, Any] = {
        "threads": settings.threads,
        "memory_limit": settings.memory_limit,
        "temp_directory": str(spill / str(os.getpid())),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "allow_community_extensions": False,
        "preserve_insertion_order": True,
    }
    with duckdb.connect(":memory:", config=config) as con:
        con.load_extension(str(_extension()))
        con.execute("set disabled_filesystems = 'HTTPFileSystem,S3FileSystem,HuggingFaceFileSystem'")
        con.execute("set temp_file_encryption = true")
        con.execute("set TimeZone = 'UTC'")
        con.execute("set enable_progress_bar = false")
        con.execute("set lock_configuration = true")
        yield con


def attach(con: Connection, settings: Settings, path: Path, alias: str, *, read_only: bool = True) -> None:
    """Attach an encrypted file as `alias`. Raises NotAllowed when the key does not fit, FileNotFoundError when it is not there."""
    if not _ALIAS.fullmatch(alias):
        raise ValueError(f"alias {alias!r} is not a plain lower-case name")
    if read_only and not path.exists():
        raise FileNotFoundError(path)
    mode = ", read_only" if read_only else ""
    # ATTACH takes no parameters for the path or the key, so both are quoted as SQL strings.
    statement = f"attach {_literal(str(path))} as {alias} (encryption_key {_literal(encryption_key(settings))}{mode})"
    try:
        con.execute(statement)
    except duckdb.Error as error:
        # DuckDB's own message may quote the statement, and the statement holds the key.
        if "encryption key" in str(error) or "not encrypted" in str(error):
            raise NotAllowed(
                f"{path}: the key does not open this file. Put back the key it was written with ({settings.home / 'key'}, or FAMILIES_KEY)."
            ) from None
        raise OSError(f"{path}: DuckDB cannot open the file ({type(error).__name__}). It may be in use or damaged.") from None
    if not read_only:
        path.chmod(0o600)


@contextmanager
def database(settings: Settings, path: Path, *, read_only: bool = True) -> Iterator[Connection]:
    """A connection whose default database is the encrypted file, so that SQL names schema and table only."""
    with connection(settings) as con:
        attach(con, settings, path, "db", read_only=read_only)
        con.execute("use db")
        yield con


def create(con: Connection, table: Table) -> None:
    """Create a declared table anew, empty; an earlier one of that name is dropped."""
    con.execute(f"create schema if not exists {table.schema}")
    columns = ", ".join(f'"{c.name}" {c.type}{" not null" if c.required else ""}' for c in table)
    con.execute(f"create or replace table {table.qualified} ({columns})")


def fill(con: Connection, table: Table, statement: str, parameters: dict[str, Any] | None = None) -> int:
    """Create the declared table anew and fill it by name from a SELECT in `sql/`; returns the row count."""
    create(con, table)
    return append(con, table, sql.read(statement), parameters)


def append(con: Connection, table: Table, query: str, parameters: dict[str, Any] | None = None) -> int:
    """Insert a query's rows by column name into a declared table; returns how many."""
    con.execute(f"insert into {table.qualified} by name ({query})", parameters or {})
    return count(con, table)


def count(con: Connection, table: Table) -> int:
    """Rows in the table."""
    row = con.execute(f"select count(*) from {table.qualified}").fetchone()  # noqa: S608 - a declared name
    return int(row[0]) if row else 0


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
