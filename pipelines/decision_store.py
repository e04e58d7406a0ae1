"""Where decisions are kept: one append-only, hash-chained table in SQLite or PostgreSQL; what they mean is told by pipelines/decisions.py."""

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import Column, Connection, Integer, MetaData, String, Table, Text, create_engine, func, insert, select
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from pipelines.errors import AnotherRunAtWork, BadConfiguration, BadInput, FamiliesError, NotAllowed
from pipelines.settings import Settings

_CHAIN_START = "0" * 64
# Any number will do, as long as every writer takes the same: "FAMILIES" on a telephone's keys.
_LOCK = 32645437
_WAIT_SECONDS = 30

_DECISION = Table(
    "decision",
    MetaData(),
    Column("decision_id", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False),
    Column("subject_id", String(64), nullable=False),
    Column("other_id", String(64), nullable=False),
    Column("decision", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("decided_by", String(128), nullable=False),
    Column("decided_at", String(32), nullable=False),
    # The publication that was current then, which is what the person looked at; empty when there was none.
    Column("run_id", String(64), nullable=False),
    # Over the row and the one before it, so that a changed or missing row shows.
    Column("chain_sha256", String(64), nullable=False),
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody decides, before it has a number: about what, why, and who decides."""

    kind: str
    subject_id: str
    other_id: str
    decision: str
    reason: str
    decided_by: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A decision as it is kept."""

    decision_id: int
    kind: str
    subject_id: str
    other_id: str
    decision: str
    reason: str
    decided_by: str
    decided_at: str
    run_id: str


def append(drafts: Sequence[Draft], at: str, run_id: str, settings: Settings, *, at_least: int = 0) -> list[int]:
    """Add decisions in one transaction, all or none; returns their numbers.

    Raises:
        Behind: the store ends before decision `at_least`; nothing is added.
    """
    numbers = []
    with _store(settings) as con:
        last = con.execute(select(_DECISION.c.decision_id, _DECISION.c.chain_sha256).order_by(_DECISION.c.decision_id.desc()).limit(1)).first()
        number, chain = (int(last[0]), str(last[1])) if last else (0, _CHAIN_START)
        if number < at_least:
            raise Behind(number)
        for draft in drafts:
            number += 1
            entry = Entry(number, **asdict(draft), decided_at=at, run_id=run_id)
            chain = _chained(chain, entry)
            con.execute(insert(_DECISION).values(**asdict(entry), chain_sha256=chain))
            numbers.append(number)
    return numbers


def copy(kept: Sequence[Entry], settings: Settings) -> None:
    """Write decisions as they are to an empty store, with a chain of its own: for what is tried out apart."""
    with _store(settings) as con:
        chain = _CHAIN_START
        for entry in kept:
            chain = _chained(chain, entry)
            con.execute(insert(_DECISION).values(**asdict(entry), chain_sha256=chain))


class Behind(Exception):  # noqa: N818 - it says what the store is
    """The store ends earlier than it should; `number` is its last decision."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def entries(settings: Settings, through: int, after: int = 0) -> list[Entry]:
    """Decisions numbered above `after` and up to `through`, in the order they were recorded."""
    if through <= after:
        return []
    chosen = (_DECISION.c.decision_id <= through) & (_DECISION.c.decision_id > after)
    with _store(settings) as con:
        return [Entry(*row[:-1]) for row in con.execute(select(_DECISION).where(chosen).order_by(_DECISION.c.decision_id))]


def last_id(settings: Settings) -> int:
    """Number of the newest decision; 0 when there is none."""
    with _store(settings) as con:
        return int(con.execute(select(func.coalesce(func.max(_DECISION.c.decision_id), 0))).scalar_one())


def sha256(settings: Settings, through: int) -> str:
    """The chain's hash at decision `through`, which stands for all decisions up to it; checks the chain on the way.

    Raises:
        NotAllowed: a decision was changed, or one is missing.
    """
    if through == 0:
        return _CHAIN_START
    with _store(settings) as con:
        chain, expected = _CHAIN_START, 0
        for row in con.execute(select(_DECISION).where(_DECISION.c.decision_id <= through).order_by(_DECISION.c.decision_id)):
            *values, recorded = row
            chain, expected = _chained(chain, Entry(*values)), expected + 1
            if chain != recorded or values[0] != expected:
                raise NotAllowed(f"The decision store was changed by hand: decision {values[0]} does not fit its hash. Put the store back from a backup.")
    return chain


@contextmanager
def _store(settings: Settings) -> Iterator[Connection]:
    """A transaction that holds a lock from its start, so that writers queue, on one machine or several, and the chain never forks."""
    engine = _engine(settings)
    backend = engine.url.get_backend_name()
    try:
        with _connected(engine) as con:
            if backend == "sqlite":
                con.exec_driver_sql("begin immediate")
            elif backend == "postgresql":
                con.exec_driver_sql("select pg_advisory_xact_lock(%s)", (_LOCK,))
            _DECISION.create(con, checkfirst=True)
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


def _chained(chain: str, entry: Entry) -> str:
    return hashlib.sha256((chain + json.dumps(asdict(entry), sort_keys=True, ensure_ascii=True, default=str)).encode()).hexdigest()
