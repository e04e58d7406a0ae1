"""What people decided: an append-only, hash-chained store apart from every run, since a decision outlives all of them."""

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Column, Connection, Integer, MetaData, String, Table, Text, create_engine, func, insert, select
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from pipelines import publications
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
    # The publication that was current then, which is what the person looked at; empty when there was none.
    Column("run_id", String(64), nullable=False),
    # Over the row and the one before it, so that a changed or missing row shows.
    Column("chain_sha256", String(64), nullable=False),
)

_PUT_BACK = (
    "It may be an older copy. Put back the newest one; if it is lost, go back to a list that this store knows: "
    "families publications restore RUN_ID --reason ..."
)


@dataclass(frozen=True, slots=True)
class HouseholdDecision:
    """A coordinator's decision on a household, as it stood in the publication of `run_id`; `release` lifts what was decided before it."""

    decision_id: int
    household_id: str
    decision: str
    reason: str
    decided_by: str
    decided_at: datetime
    run_id: str


@dataclass(frozen=True, slots=True)
class HouseholdAnswer:
    """What a coordinator decides on a household, why, and who decides."""

    household_id: str
    decision: str
    reason: str
    decided_by: str


@dataclass(frozen=True, slots=True)
class PairAnswer:
    """What a person says of two records, why, and who says it."""

    record_id_l: str
    record_id_r: str
    decision: str
    reason: str
    decided_by: str


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
    run_id: str


def decide_household(household_id: str, decision: str, reason: str, decided_by: str, settings: Settings) -> int:
    """Record a coordinator's decision; returns its number. Raises WrongUsage for an unknown decision or an empty reason."""
    return decide_households([HouseholdAnswer(household_id, decision, reason, decided_by)], settings)[0]


def decide_households(answers: Sequence[HouseholdAnswer], settings: Settings) -> list[int]:
    """Record many decisions in one transaction, all or none; returns their numbers. Raises WrongUsage as `decide_household` does."""
    return _record([("household", a.household_id, "", _one_of(a.decision, DECISIONS), a.reason, a.decided_by) for a in answers], settings)


def decide_pair(record_id_l: str, record_id_r: str, decision: str, reason: str, decided_by: str, settings: Settings) -> int:
    """Record whether two records are one person; returns its number. Raises WrongUsage as above, or when both are one record."""
    return decide_pairs([PairAnswer(record_id_l, record_id_r, decision, reason, decided_by)], settings)[0]


def restore(run_id: str, in_place_of: str, reason: str, decided_by: str, settings: Settings) -> int:
    """Record that an earlier publication is made current again; returns the decision's number. Raises WrongUsage for an empty reason."""
    return _record([("publication", run_id, in_place_of, "restore", reason, decided_by)], settings)[0]


def restorations(settings: Settings) -> dict[str, dict[str, str]]:
    """When, by whom and why a publication was last made current again, by run."""
    restored = [e for e in _entries(settings, last_id(settings)) if e.kind == "publication"]
    return {e.subject_id: dict(zip(RESTORATION, (e.decided_at, e.decided_by, e.reason), strict=True)) for e in restored}


def decide_pairs(answers: Sequence[PairAnswer], settings: Settings) -> list[int]:
    """Record many answers in one transaction, all or none; returns their numbers. Raises WrongUsage as `decide_pair` does."""
    return _record([("pair", *_in_order(a.record_id_l, a.record_id_r), _one_of(a.decision, PAIR_DECISIONS), a.reason, a.decided_by) for a in answers], settings)


def household_decisions(settings: Settings, through: int, after: int = 0) -> list[HouseholdDecision]:
    """Every decision on a household numbered above `after` and up to `through`, in the order they were recorded."""
    return [
        HouseholdDecision(e.decision_id, e.subject_id, e.decision, e.reason, e.decided_by, datetime.fromisoformat(e.decided_at), e.run_id)
        for e in _entries(settings, through, after)
        if e.kind == "household"
    ]


def suppressed(settings: Settings, through: int) -> set[str]:
    """Households that were suppressed under this id and not released under it since."""
    held: set[str] = set()
    for decided in household_decisions(settings, through):
        if decided.decision == "suppress":
            held.add(decided.household_id)
        elif decided.decision == "release":
            held.discard(decided.household_id)
    return held


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


def _in_order(left: str, right: str) -> tuple[str, str]:
    if left == right:
        raise WrongUsage("A record cannot be compared with itself; give two record ids.")
    return (left, right) if left < right else (right, left)


def _record(rows: Sequence[tuple[str, str, str, str, str, str]], settings: Settings) -> list[int]:
    """Rows of kind, subject, other, decision, reason and who decides, in one transaction."""
    for *_, reason, decided_by in rows:
        if not reason.strip() or not decided_by.strip():
            raise WrongUsage("A decision needs a reason and the name of who decides. Nothing was recorded.")
    at, seen = settings.now().replace(tzinfo=None).isoformat(timespec="seconds"), publications.current_run_id(settings) or ""
    numbers = []
    with _store(settings) as con:
        last = con.execute(select(_DECISION.c.decision_id, _DECISION.c.chain_sha256).order_by(_DECISION.c.decision_id.desc()).limit(1)).first()
        number, chain = (last[0], last[1]) if last else (0, _CHAIN_START)
        # Putting an earlier list back is the way out where the store is behind the list, so it alone is let through.
        if any(kind != "publication" for kind, *_ in rows):
            _refuse_behind(seen, number, settings)
        for kind, subject_id, other_id, decision, reason, decided_by in rows:
            number += 1
            entry = _Entry(number, kind, subject_id, other_id, decision, reason.strip(), decided_by.strip(), at, seen)
            chain = _chained(chain, entry)
            con.execute(insert(_DECISION).values(**asdict(entry), chain_sha256=chain))
            numbers.append(int(number))
    return numbers


def refuse_other(run_id: str | None, settings: Settings) -> None:
    """Refuse a store other than that of the publication of this run, as after an older copy was put back.

    Raises:
        NotAllowed: The store ends before the decisions that the publication was made with, or holds others.
    """
    _refuse_behind(run_id, last_id(settings), settings)
    known = publications.facts(run_id, settings)
    through = known["decisions_through"] if known else 0
    if known and sha256(settings, through) != known["decisions_sha256"]:
        raise NotAllowed(f"The decision store is not the one that the publication of run {run_id} was made with. {_PUT_BACK}")


def _refuse_behind(run_id: str | None, number: int, settings: Settings) -> None:
    known = publications.facts(run_id, settings)
    if known and number < known["decisions_through"]:
        raise NotAllowed(
            f"The decision store ends at decision {number}, and the publication of run {run_id} was made with {known['decisions_through']}. "
            f"Nothing was recorded. {_PUT_BACK}"
        )


def _entries(settings: Settings, through: int, after: int = 0) -> list[_Entry]:
    if through <= after:
        return []
    chosen = (_DECISION.c.decision_id <= through) & (_DECISION.c.decision_id > after)
    with _store(settings) as con:
        return [_Entry(*row[:-1]) for row in con.execute(select(_DECISION).where(chosen).order_by(_DECISION.c.decision_id))]


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
