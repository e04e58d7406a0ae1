"""What people decided: an append-only, hash-chained store apart from every run, since a decision outlives all of them."""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Column, Connection, Integer, MetaData, String, Table, Text, create_engine, func, insert, select
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from pipelines.errors import BadConfiguration, NotAllowed, WrongUsage
from pipelines.settings import Settings
from schemas.cohort import DECISIONS

PAIR_DECISIONS = ("same", "different", "unsure")
RESTORATION = ("restored_at", "restored_by", "restored_because")
_CHAIN_START = "0" * 64

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
    # Over the row and the one before it, so that a changed or missing row shows.
    Column("chain_sha256", String(64), nullable=False),
)


@dataclass(frozen=True, slots=True)
class HouseholdDecision:
    """A coordinator's decision on a household; the latest one holds, and `release` lifts what stood before it."""

    household_id: str
    decision: str
    reason: str
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class PairDecision:
    """Whether two records are one person; ids in alphabetical order."""

    record_id_l: str
    record_id_r: str
    decision: str


@dataclass(frozen=True, slots=True)
class _Entry:
    decision_id: int
    kind: str
    subject_id: str
    other_id: str
    decision: str
    reason: str
    decided_by: str
    decided_at: str


def decide_household(household_id: str, decision: str, reason: str, decided_by: str, settings: Settings) -> int:
    """Record a coordinator's decision; returns its number. Raises WrongUsage for an unknown decision or an empty reason."""
    return _record("household", household_id, "", _one_of(decision, DECISIONS), reason, decided_by, settings)


def decide_pair(record_id_l: str, record_id_r: str, decision: str, reason: str, decided_by: str, settings: Settings) -> int:
    """Record whether two records are one person; returns its number. Raises WrongUsage as above, or when both are one record."""
    left, right = sorted((record_id_l, record_id_r))
    if left == right:
        raise WrongUsage("A record cannot be compared with itself; give two record ids.")
    return _record("pair", left, right, _one_of(decision, PAIR_DECISIONS), reason, decided_by, settings)


def restore(run_id: str, in_place_of: str, reason: str, decided_by: str, settings: Settings) -> int:
    """Record that an earlier publication is made current again; returns the decision's number. Raises WrongUsage for an empty reason."""
    return _record("publication", run_id, in_place_of, "restore", reason, decided_by, settings)


def restorations(settings: Settings) -> dict[str, dict[str, str]]:
    """When, by whom and why a publication was last made current again, by run."""
    restored = [e for e in _entries(settings, last_id(settings)) if e.kind == "publication"]
    return {e.subject_id: dict(zip(RESTORATION, (e.decided_at, e.decided_by, e.reason), strict=True)) for e in restored}


def household_decisions(settings: Settings, through: int) -> list[HouseholdDecision]:
    """The latest decision on each household among the first `through`, by household id."""
    latest = {e.subject_id: e for e in _entries(settings, through) if e.kind == "household"}
    return [HouseholdDecision(e.subject_id, e.decision, e.reason, e.decided_by, datetime.fromisoformat(e.decided_at)) for _, e in sorted(latest.items())]


def pair_decisions(settings: Settings, through: int) -> list[PairDecision]:
    """The latest decision on each pair of records among the first `through`, by record ids."""
    latest = {(e.subject_id, e.other_id): e.decision for e in _entries(settings, through) if e.kind == "pair"}
    return [PairDecision(left, right, decision) for (left, right), decision in sorted(latest.items())]


def last_id(settings: Settings) -> int:
    """Number of the newest decision; 0 when there is none."""
    with _store(settings) as con:
        return int(con.execute(select(func.coalesce(func.max(_DECISION.c.decision_id), 0))).scalar_one())


def sha256(settings: Settings, through: int) -> str:
    """The chain's hash at decision `through`, which stands for all decisions up to it; checks the chain on the way."""
    if through == 0:
        return _CHAIN_START
    with _store(settings) as con:
        chain = _CHAIN_START
        for row in con.execute(select(_DECISION).where(_DECISION.c.decision_id <= through).order_by(_DECISION.c.decision_id)):
            *values, recorded = row
            chain = _chained(chain, _Entry(*values))
            if chain != recorded:
                raise NotAllowed(f"The decision store was changed by hand: decision {values[0]} does not fit its hash. Put the store back from a backup.")
    return chain


def _record(kind: str, subject_id: str, other_id: str, decision: str, reason: str, decided_by: str, settings: Settings) -> int:
    if not reason.strip() or not decided_by.strip():
        raise WrongUsage("A decision needs a reason and the name of who decides. Nothing was recorded.")
    with _store(settings) as con:
        last = con.execute(select(_DECISION.c.decision_id, _DECISION.c.chain_sha256).order_by(_DECISION.c.decision_id.desc()).limit(1)).first()
        number, chain = (last[0] + 1, last[1]) if last else (1, _CHAIN_START)
        at = settings.now().replace(tzinfo=None).isoformat(timespec="seconds")
        entry = _Entry(number, kind, subject_id, other_id, decision, reason.strip(), decided_by.strip(), at)
        con.execute(insert(_DECISION).values(**asdict(entry), chain_sha256=_chained(chain, entry)))
    return int(number)


def _entries(settings: Settings, through: int) -> list[_Entry]:
    if through == 0:
        return []
    query = select(_DECISION).where(_DECISION.c.decision_id <= through).order_by(_DECISION.c.decision_id)
    with _store(settings) as con:
        return [_Entry(*row[:-1]) for row in con.execute(query)]


@contextmanager
def _store(settings: Settings) -> Iterator[Connection]:
    """A transaction that holds the write lock from its start where the store is SQLite, so that two writers queue and the chain never forks."""
    engine = _engine(settings)
    url = engine.url
    try:
        with _connected(engine) as con:
            if url.get_backend_name() == "sqlite":
                con.exec_driver_sql("begin immediate")
            _DECISION.create(con, checkfirst=True)
            yield con
            con.exec_driver_sql("commit") if url.get_backend_name() == "sqlite" else con.commit()
    finally:
        engine.dispose()


def _engine(settings: Settings) -> Engine:
    """The store's engine. Raises BadConfiguration, without the URL since it may hold a password."""
    try:
        url = make_url(settings.decisions)
        if url.get_backend_name() == "sqlite" and url.database:
            _create_private(Path(url.database))
        return create_engine(url, isolation_level="AUTOCOMMIT" if url.get_backend_name() == "sqlite" else "SERIALIZABLE")
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


def _one_of(decision: str, known: tuple[str, ...]) -> str:
    if decision not in known:
        raise WrongUsage(f"'{decision}' is not a decision. Choose one of: {', '.join(known)}.")
    return decision


def _chained(chain: str, entry: _Entry) -> str:
    return hashlib.sha256((chain + json.dumps(asdict(entry), sort_keys=True, ensure_ascii=True)).encode()).hexdigest()
