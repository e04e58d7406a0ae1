"""The only module that opens a DuckDB file: encrypted, locked down, bounded in memory."""

import json
import os
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb

import sql
from pipelines.errors import AnotherRunAtWork, FamiliesError, NotAllowed
from pipelines.settings import Settings, encryption_key
from schemas.table import Table

Connection = duckdb.DuckDBPyConnection

_ALIAS = re.compile(r"[a-z][a-z0-9_]*")

# A file has many readers or one writer. A stage that writes outwaits whoever asks something of the run's file, which takes seconds; a reader does not
# wait for a whole stage. Counted in tries, each a pause apart.
_PAUSE_SECONDS = 0.1
_WRITER_TRIES = 6_000
_READER_TRIES = 100
_HOLDER = re.compile(r"\(PID (\d+)\)")

_Place = tuple[Path, int, str]
_MOST_IDLE = 4
_idle: list[tuple[_Place, Connection]] = []


@cache
def _extension() -> Path:
    """Path of the signed httpfs extension, whose OpenSSL DuckDB needs to write encrypted files."""
    spec = find_spec("duckdb_extension_httpfs")
    if spec is None or not spec.submodule_search_locations:
        raise NotAllowed("The package duckdb-extension-httpfs is not installed. Run: make setup")
    return next(Path(spec.submodule_search_locations[0]).glob(f"extensions/v{duckdb.__version__}/*.duckdb_extension"))


@contextmanager
def connection(settings: Settings) -> Iterator[Connection]:
    """An in-memory database with no network, bounded memory and encrypted spill; files are attached to it by `attach`.

    What was attached or made is gone at the end. The engine itself is kept for the next who asks, since making one costs more than most of what
    is asked of it; one in which something went wrong is not. A refused file or a gate is nothing wrong with it.
    """
    place = _place(settings)
    engine = _take(place) or _engine(settings)
    con = engine.cursor()
    try:
        yield con
    except FamiliesError:
        con.close()
        _keep(place, engine)
        raise
    except BaseException:
        con.close()
        engine.close()
        raise
    con.close()
    _keep(place, engine)


def _place(settings: Settings) -> _Place:
    return settings.home, settings.threads, settings.memory_limit


def _take(place: _Place) -> Connection | None:
    """An idle engine made for that home and those bounds."""
    for kept in [kept for kept in _idle if kept[0] == place]:
        with suppress(ValueError):  # another thread was faster
            _idle.remove(kept)
            return kept[1]
    return None


def _keep(place: _Place, engine: Connection) -> None:
    """Put an engine by, empty again; one that cannot be emptied goes, and so does the one that has waited longest when there are many."""
    try:
        _empty(engine)
    except duckdb.Error:
        engine.close()
        return
    _idle.append((place, engine))
    while len(_idle) > _MOST_IDLE:
        with suppress(IndexError):
            _idle.pop(0)[1].close()


def _empty(engine: Connection) -> None:
    """Let go of the files, and give the engine another memory: asking the old one whether it holds a macro takes thirty times as long."""
    engine.execute("attach ':memory:' as spare; use spare")
    for (name,) in engine.execute("select database_name from duckdb_databases() where not internal and database_name <> 'spare'").fetchall():
        engine.execute(f"detach {name}")
    engine.execute("attach ':memory:' as memory; use memory; detach spare")


def _close_idle() -> None:
    """Close what waits: a child must not inherit an engine, whose threads stay with the parent."""
    while _idle:
        _idle.pop()[1].close()


os.register_at_fork(before=_close_idle)


def _engine(settings: Settings) -> Connection:
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
    engine = duckdb.connect(":memory:", config=config)
    engine.load_extension(str(_extension()))
    engine.execute("set disabled_filesystems = 'HTTPFileSystem,S3FileSystem,HuggingFaceFileSystem'")
    engine.execute("set temp_file_encryption = true")
    # For all that will be opened on it, not for this connection alone.
    engine.execute("set global TimeZone = 'UTC'")
    engine.execute("set enable_progress_bar = false")
    engine.execute("set lock_configuration = true")
    return engine


def attach(con: Connection, settings: Settings, path: Path, alias: str, *, read_only: bool = True) -> None:
    """Attach an encrypted file as `alias`; while another process has it, wait: up to 10 seconds to read, up to 10 minutes to write.

    Raises NotAllowed when the key does not fit, FileNotFoundError when it is not there, AnotherRunAtWork when another process keeps it.
    """
    if not _ALIAS.fullmatch(alias):
        raise ValueError(f"alias {alias!r} is not a plain lower-case name")
    if read_only and not path.exists():
        raise FileNotFoundError(path)
    mode = ", read_only" if read_only else ""
    # ATTACH takes no parameters for the path or the key, so both are quoted as SQL strings.
    statement = f"attach {_literal(str(path))} as {alias} (encryption_key {_literal(encryption_key(settings))}{mode})"
    for left in reversed(range(_READER_TRIES if read_only else _WRITER_TRIES)):
        if _attached(con, settings, path, statement, is_last=not left):
            break
        time.sleep(_PAUSE_SECONDS)
    if not read_only:
        path.chmod(0o600)


def _attached(con: Connection, settings: Settings, path: Path, statement: str, *, is_last: bool) -> bool:
    """Whether the file could be attached; it cannot while another process has it, which is an error at the last try."""
    try:
        con.execute(statement)
    except duckdb.Error as error:
        if "Could not set lock" in str(error):
            if not is_last:
                return False
            holder = _HOLDER.search(str(error))
            who = f"process {holder[1]}" if holder else "another process"
            raise AnotherRunAtWork(
                f"{path.name} is in use by {who}. Wait for it to end, or end it, then call the same command again; nothing is lost."
            ) from None
        # DuckDB's own message may quote the statement, and the statement holds the key.
        if "encryption key" in str(error) or "not encrypted" in str(error):
            raise NotAllowed(
                f"{path}: the key does not open this file. Put back the key it was written with ({settings.home / 'key'}, or FAMILIES_KEY)."
            ) from None
        raise OSError(f"{path}: DuckDB cannot open the file ({type(error).__name__}). It may be damaged.") from None
    return True


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


def insert_rows(con: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows to a declared table; columns not given stay null."""
    shape = json.dumps([{column.name: column.type for column in table}])
    names = ", ".join(f'"{column.name}"' for column in table)
    # The declared shape is ours; the values go in as one parameter.
    statement = f"select {names} from (select unnest(from_json($rows::json, '{shape}'), recursive := true))"  # noqa: S608
    append(con, table, statement, {"rows": json.dumps(list(rows), default=str)})
