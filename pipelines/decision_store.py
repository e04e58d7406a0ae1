"""Where decisions are kept: one append-only, hash-chained table in SQLite or PostgreSQL; what they mean is told by pipelines/decisions.py."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from sqlalchemy import Column, Connection, Integer, MetaData, String, Table, Text, func, insert, select

from pipelines import decision_head
from pipelines.decision_database import transaction
from pipelines.decision_head import Head
from pipelines.errors import NotAllowed, Unnoted
from pipelines.settings import Settings

_CHAIN_START = "0" * 64
STORE = "store"
"""Kind of a decision that the lost end of the store is done without. Its number is past those lost, which are not given again; `other_id` is the last kept."""

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


def append(drafts: Sequence[Draft], at: str, run_id: str, settings: Settings, *, at_least: int = 0, is_checked: bool = True) -> list[int]:
    """Add decisions in one transaction, all or none, and note how far the store reaches; returns their numbers.

    Raises:
        Behind: the store ends before decision `at_least`, or before what this home has seen of it; nothing is added.
        NotAllowed: it holds other decisions than this home has seen, or, where `is_checked`, one that was changed; nothing is added.
        Unnoted: they are recorded, and how far the store reaches could not be noted.
    """
    head = decision_head.read(settings)
    with transaction(settings, _DECISION) as con:
        number, chain = _end(con)
        _refuse_cut(con, number, head, at_least)
        if is_checked:  # what stands on a changed decision is lost with it when the store is put back
            _checked(con, number)
        numbers, chain = _add(con, drafts, number, chain, at, run_id)
    if numbers:
        _note(numbers, chain, settings)
    return numbers


def append_past(draft: Draft, past: int, at: str, run_id: str, settings: Settings) -> int:
    """Add that what is lost of the store up to decision `past` is done without; returns its number, which is past any there is."""
    with transaction(settings, _DECISION) as con:
        number, chain = _end(con)
        numbers, chain = _add(con, [replace(draft, other_id=str(number))], max(number, past), chain, at, run_id)
    _note(numbers, chain, settings)
    return numbers[-1]


def _note(numbers: Sequence[int], chain: str, settings: Settings) -> None:
    """Note what was recorded; where that fails say that it is recorded all the same, so that nobody gives it again."""
    try:
        decision_head.note(numbers[-1], chain, settings)
    except Unnoted as error:
        told = f"Decision {numbers[0]} is recorded: do not give it again."
        if len(numbers) > 1:
            told = f"Decisions {numbers[0]} to {numbers[-1]} are recorded: do not give them again."
        raise Unnoted(f"{told} But {error}") from None


def _add(con: Connection, drafts: Sequence[Draft], number: int, chain: str, at: str, run_id: str) -> tuple[list[int], str]:
    """Add decisions after `number`; returns their numbers and the chain's hash at the last."""
    entries = [Entry(own, **asdict(draft), decided_at=at, run_id=run_id) for own, draft in enumerate(drafts, number + 1)]
    for entry in entries:
        chain = _chained(chain, entry)
        con.execute(insert(_DECISION).values(**asdict(entry), chain_sha256=chain))
    return [entry.decision_id for entry in entries], chain


def _end(con: Connection) -> tuple[int, str]:
    """Number of the newest decision and the chain's hash there."""
    last = con.execute(select(_DECISION.c.decision_id, _DECISION.c.chain_sha256).order_by(_DECISION.c.decision_id.desc()).limit(1)).first()
    return (int(last[0]), str(last[1])) if last else (0, _CHAIN_START)


def _refuse_cut(con: Connection, number: int, head: Head | None, at_least: int = 0) -> None:
    """Raise Behind or NotAllowed for a store that ends before, or goes on otherwise than, what was seen of it."""
    if number < max(at_least, head.number if head else 0):
        raise Behind(number)
    if head is None or head.number == 0:
        return
    at_head = select(_DECISION.c.decision_id, _DECISION.c.chain_sha256, _DECISION.c.kind).where(_DECISION.c.decision_id >= head.number)
    found = con.execute(at_head.order_by(_DECISION.c.decision_id).limit(1)).one()
    # A number that was lost, as another home that shares the store has accepted, has no hash to compare.
    if found[1] != head.chain_sha256 and not (found[0] > head.number and found[2] == STORE):
        raise NotAllowed(
            f"The decision store is not the one that was seen here at {head.noted_at}: decision {head.number} is another. "
            "Nothing was recorded or changed. Put back the store that belongs to this home; if it is lost, go on with this one: "
            "families decisions accept-loss --reason ... If a refresh then still says that the store is not that of the list in place, go back to a list "
            "made before as well: families publications restore RUN_ID --reason ..."
        )


def refuse_cut(settings: Settings, *, is_noted: bool = True) -> None:
    """Refuse a store whose end was cut off, and note how far it reaches unless somebody only reads. Raises Behind, NotAllowed and Unnoted as `append` does."""
    head = decision_head.read(settings)
    with transaction(settings, _DECISION) as con:
        number, chain = _end(con)
        _refuse_cut(con, number, head)
    if is_noted:
        decision_head.note(number, chain, settings)


def lost(settings: Settings) -> list[tuple[Entry, range]]:
    """Each acceptance that decisions are lost, with the numbers of those."""
    with transaction(settings, _DECISION) as con:
        found = [Entry(*row[:-1]) for row in con.execute(select(_DECISION).where(_DECISION.c.kind == STORE).order_by(_DECISION.c.decision_id))]
    return [(entry, range(int(entry.other_id) + 1, entry.decision_id)) for entry in found]


def copy(kept: Sequence[Entry], settings: Settings) -> None:
    """Write decisions as they are to an empty store, with a chain of its own: for what is tried out apart."""
    with transaction(settings, _DECISION) as con:
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
    with transaction(settings, _DECISION) as con:
        return [Entry(*row[:-1]) for row in con.execute(select(_DECISION).where(chosen).order_by(_DECISION.c.decision_id))]


def last_id(settings: Settings) -> int:
    """Number of the newest decision; 0 when there is none."""
    with transaction(settings, _DECISION) as con:
        return int(con.execute(select(func.coalesce(func.max(_DECISION.c.decision_id), 0))).scalar_one())


def sha256(settings: Settings, through: int) -> str:
    """The chain's hash at decision `through`, which stands for all decisions up to it; checks the chain on the way.

    Raises:
        NotAllowed: a decision was changed, or one is missing.
    """
    if through == 0:
        return _CHAIN_START
    with transaction(settings, _DECISION) as con:
        return _checked(con, through)


def _checked(con: Connection, through: int) -> str:
    """As `sha256`, within a transaction."""
    chain, expected = _CHAIN_START, 0
    for row in con.execute(select(_DECISION).where(_DECISION.c.decision_id <= through).order_by(_DECISION.c.decision_id)):
        *values, recorded = row
        entry = Entry(*values)
        is_next = entry.decision_id == expected + 1 or (entry.kind == STORE and entry.other_id == str(expected) and entry.decision_id > expected)
        chain, expected = _chained(chain, entry), entry.decision_id
        if chain != recorded or not is_next:
            raise NotAllowed(f"The decision store was changed by hand: decision {values[0]} does not fit its hash. Put the store back from a backup.")
    return chain


def _chained(chain: str, entry: Entry) -> str:
    return hashlib.sha256((chain + json.dumps(asdict(entry), sort_keys=True, ensure_ascii=True, default=str)).encode()).hexdigest()
