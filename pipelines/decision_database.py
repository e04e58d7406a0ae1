"""Reaches the database that decisions are kept in: one transaction at a time, on SQLite or PostgreSQL, and in words what to do where it does not answer."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Table, create_engine
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from pipelines.errors import AnotherRunAtWork, BadConfiguration, BadInput, FamiliesError
from pipelines.settings import Settings

# Any number will do, as long as every writer takes the same: "FAMILIES" on a telephone's keys.
_LOCK = 32645437
_WAIT_SECONDS = 30


@contextmanager
def transaction(settings: Settings, table: Table) -> Iterator[Connection]:
    """A transaction on the table, made where it is not there.

    It holds a lock from its start, so that writers queue, on one machine or several, and the chain never forks.
    """
    engine = _engine(settings)
    backend = engine.url.get_backend_name()
    try:
        with _connected(engine) as con:
            if backend == "sqlite":
                con.exec_driver_sql("begin immediate")
            elif backend == "postgresql":
                con.exec_driver_sql("select pg_advisory_xact_lock(%s)", (_LOCK,))
            table.create(con, checkfirst=True)
            yield con
            con.exec_driver_sql("commit") if backend == "sqlite" else con.commit()
    except (DBAPIError, UnicodeDecodeError) as error:
        raise _unusable(getattr(error, "orig", error), engine) from None
    finally:
        engine.dispose()


def _unusable(error: object, engine: Engine) -> FamiliesError:
    """What to do about a store that answers with an error: wait for who holds it, or put a damaged file back. It tells no statement and no value."""
    if "is locked" in str(error):
        return AnotherRunAtWork(f"Another command has held the decision store for {_WAIT_SECONDS} seconds. Wait for it to end and call this one again.")
    name = Path(engine.url.database or "").name if engine.url.get_backend_name() == "sqlite" else "The decision store"
    return BadInput(f"{name} cannot be read as the store of decisions ({type(error).__name__}): it is damaged, or no store. Put it back from a backup.")


def _engine(settings: Settings) -> Engine:
    """The store's engine. Raises BadConfiguration, without the URL since it may hold a password.

    On PostgreSQL each statement sees what was committed before it: under a stricter level it would see what stood before it had to wait for the lock.
    """
    try:
        url = make_url(settings.decisions)
        if url.get_backend_name() == "sqlite":
            if url.database:
                _create_private(Path(url.database))
            return create_engine(url, isolation_level="AUTOCOMMIT", connect_args={"timeout": _WAIT_SECONDS})
        return create_engine(url, isolation_level="READ COMMITTED" if url.get_backend_name() == "postgresql" else "SERIALIZABLE")
    except (ArgumentError, ModuleNotFoundError, ValueError, OSError) as error:
        raise BadConfiguration(
            f"FAMILIES_DECISIONS_URL cannot be used ({type(error).__name__}). Give an SQLAlchemy URL whose driver is installed, "
            "such as sqlite:////srv/families/decisions.sqlite, or leave it out."
        ) from None


def _connected(engine: Engine) -> Connection:
    try:
        return engine.connect()
    except DBAPIError as error:
        raise BadConfiguration(
            f"The store of decisions does not answer ({type(error.orig).__name__}). See that FAMILIES_DECISIONS_URL is right and that the server is up."
        ) from None


def _create_private(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
