"""Which suppressions a finished list does not know; publish asks before it puts one before readers."""

from collections.abc import Iterable

import duckdb

import sql
from pipelines import decisions, publications, warehouse
from pipelines.decisions import HouseholdDecision
from pipelines.settings import Settings
from pipelines.warehouse import Connection

# A household, a person or a record, and its id.
_Hidden = set[tuple[str, str]]


def suppressed_since(con: Connection, through: int, settings: Settings) -> int:
    """How many verified households of the file that is the default database have been suppressed after decision `through`.

    A family may be in another household there, and its people may have other ids: so those count whom the household held in the publication that
    the coordinator looked at, and those whom the current publication says a suppression has come to protect since, by id and by record.

    Raises NotAllowed for a store whose end was cut off: what is missing may be a suppression.
    """
    decisions.refuse_cut(settings)
    recorded = decisions.household_decisions(settings, decisions.last_id(settings), through)
    hidden = _told(_standing(recorded), settings, is_followed=True) | _held(recorded, through, settings)
    if not hidden:
        return 0
    given = {name: sorted(hidden_id for kind, hidden_id in hidden if kind == name.rstrip("s")) for name in ("households", "records")}
    given["people"] = sorted(hidden_id for kind, hidden_id in hidden if kind == "person")
    return len(con.execute(sql.read("publish/withheld"), given).fetchall())


def _standing(recorded: list[HouseholdDecision]) -> list[HouseholdDecision]:
    """Suppressions that no later release on the same household lifted."""
    released = {d.household_id: d.decision_id for d in recorded if d.decision == "release"}
    return [d for d in recorded if d.decision == "suppress" and released.get(d.household_id, 0) < d.decision_id]


def _told(recorded: Iterable[HouseholdDecision], settings: Settings, *, is_followed: bool) -> _Hidden:
    """The households of these decisions, with the people and records that they held in the publication looked at; `is_followed` adds former ids."""
    found: _Hidden = set()
    of_run: dict[str, list[str]] = {}
    for decided in recorded:
        found.add(("household", decided.household_id))
        of_run.setdefault(decided.run_id, []).append(decided.household_id)
    for run_id, households in of_run.items():
        path = publications.path_of(run_id, settings)
        if run_id and path.exists():
            with warehouse.database(settings, path) as con:
                rows = con.execute(sql.read("publish/protected"), {"households": households, "is_followed": is_followed}).fetchall()
            found |= {(str(kind), str(hidden_id)) for kind, hidden_id in rows}
    return found


def _held(recorded: list[HouseholdDecision], through: int, settings: Settings) -> _Hidden:
    """What the current publication holds for suppressions after `through`, but for what a later release lifted."""
    path = publications.current_path(settings)
    if path is None or not path.exists():
        return set()
    with warehouse.database(settings, path) as con:
        try:
            rows = con.execute(sql.read("publish/held"), {"through": through}).fetchall()
        except duckdb.CatalogException:
            return set()  # published before registers held whom a suppression protects: `_told` finds them by the decisions alone
    lifted: dict[tuple[str, str], int] = {}
    for release in (d for d in recorded if d.decision == "release"):
        lifted |= dict.fromkeys(_told([release], settings, is_followed=False), release.decision_id)
    return {(kind, hidden_id) for kind, hidden_id, number in rows if lifted.get((kind, hidden_id), 0) < number}
