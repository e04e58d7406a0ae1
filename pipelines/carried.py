"""What a run takes over from the run before instead of working it out again: only answers that depend on nothing but what they are kept under.

They stand in the run's own file, in the schema `carried`, so that they live and go with it. A file that is missing, broken, half made or of another
version of the program gives nothing, and everything is worked out.
"""

import hashlib
import json
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.metadata import version

import duckdb

from pipelines import provenance, warehouse
from pipelines.errors import FamiliesError
from pipelines.provenance import Run
from pipelines.settings import Settings

_EARLIER = "earlier"
_SIGNED = "select version_sha256 from {catalog}.carried.mark where stage = $stage"
# Libraries whose rules decide the answers, beside the program's own files.
_LIBRARIES = ("duckdb", "jellyfish", "great_expectations", "pandas")


@contextmanager
def opened(con: warehouse.Connection, run: Run, stage: str) -> Iterator[bool]:
    """Whether there is anything to take over for the stage, attached as `earlier`; what the stage itself leaves is made ready to be filled anew."""
    _prepare(con, stage)
    is_there = _attach(con, run, stage)
    try:
        yield is_there
    finally:
        if is_there:
            con.execute(f"detach {_EARLIER}")


def take(con: warehouse.Connection, table: str, columns: dict[str, str], statement: str | None) -> int:
    """Make `carried.<table>` anew with the rows of the statement over `earlier`, empty without one or where its file cannot be read; returns the count."""
    create = f"create or replace table carried.{table} ({', '.join(f'{name} {kind}' for name, kind in columns.items())})"
    con.execute(create)
    if statement is None:
        return 0
    try:
        return int(con.execute(f"insert into carried.{table} by name ({statement})").fetchall()[0][0])
    except duckdb.Error:
        con.execute(create)
        return 0


def sign(con: warehouse.Connection, stage: str) -> None:
    """Say that what the stage leaves is whole: the run after may use it."""
    con.execute("insert into carried.mark values ($stage, $version)", {"stage": stage, "version": version_sha256()})


def proves(run_id: str | None, about: str, settings: Settings) -> bool:
    """Whether the run left word, under this very version of the program, that something which depends on nothing else was found to hold."""
    if run_id is None:
        return False
    with suppress(FamiliesError, OSError, duckdb.Error), warehouse.database(settings, settings.runs_dir / f"{run_id}.duckdb") as con:
        return con.execute(_SIGNED.format(catalog="db"), {"stage": about}).fetchall() == [(version_sha256(),)]
    return False


def prove(con: warehouse.Connection, about: str) -> None:
    """Leave word for `proves`."""
    _prepare(con, about)
    sign(con, about)


@cache
def version_sha256() -> str:
    """Hash over all that decides an answer beside what it is kept under."""
    libraries = [(name, version(name)) for name in _LIBRARIES]
    return hashlib.sha256(json.dumps([provenance.code_sha256(), platform.python_version(), libraries]).encode()).hexdigest()


def _prepare(con: warehouse.Connection, stage: str) -> None:
    con.execute("create schema if not exists carried")
    con.execute("create table if not exists carried.mark (stage varchar, version_sha256 varchar)")
    con.execute("delete from carried.mark where stage = $stage", {"stage": stage})


def _attach(con: warehouse.Connection, run: Run, stage: str) -> bool:
    previous = run.manifest.previous_run_id
    if previous is None:
        return False
    with suppress(FamiliesError, OSError, duckdb.Error):
        warehouse.attach(con, run.settings, run.settings.runs_dir / f"{previous}.duckdb", _EARLIER)
        if _is_signed(con, stage):
            return True
        con.execute(f"detach {_EARLIER}")
    return False


def _is_signed(con: warehouse.Connection, stage: str) -> bool:
    try:
        signed = con.execute(_SIGNED.format(catalog=_EARLIER), {"stage": stage}).fetchall()
    except duckdb.Error:
        return False
    return signed == [(version_sha256(),)]
