"""Which suppressions a finished list does not know; publish asks before it puts one before readers."""

import sql
from pipelines import decisions, publications, warehouse
from pipelines.decisions import HouseholdDecision
from pipelines.settings import Settings
from pipelines.warehouse import Connection


def suppressed_since(con: Connection, through: int, settings: Settings) -> int:
    """How many verified households of the file that is the default database have been suppressed after decision `through`.

    A family may be in another household there: so the people count whom the household held in the publication that the coordinator looked at,
    and those whom the current publication says the suppression has come to protect since.
    """
    standing = _standing(decisions.household_decisions(settings, decisions.last_id(settings), through))
    if not standing:
        return 0
    households = sorted({d.household_id for d in standing})
    people = sorted({person for path_id in _seen(standing, settings) for person in _protected(standing, path_id, settings)})
    return len(con.execute(sql.read("publish/withheld"), {"households": households, "people": people}).fetchall())


def _standing(recorded: list[HouseholdDecision]) -> list[HouseholdDecision]:
    """Suppressions that no later release on the same household lifted."""
    released = {d.household_id: d.decision_id for d in recorded if d.decision == "release"}
    return [d for d in recorded if d.decision == "suppress" and released.get(d.household_id, 0) < d.decision_id]


def _seen(standing: list[HouseholdDecision], settings: Settings) -> set[str]:
    """Runs whose publications tell of the people: those the deciders looked at, and the current one."""
    found = {d.run_id for d in standing} | {publications.current_run_id(settings) or ""}
    return {run_id for run_id in found if run_id and publications.path_of(run_id, settings).exists()}


def _protected(standing: list[HouseholdDecision], run_id: str, settings: Settings) -> list[str]:
    rows = [d for d in standing if d.run_id == run_id]
    given = {"households": sorted({d.household_id for d in rows}), "decisions": [d.decision_id for d in standing]}
    with warehouse.database(settings, publications.path_of(run_id, settings)) as con:
        return [str(row[0]) for row in con.execute(sql.read("publish/protected_person"), given).fetchall()]
