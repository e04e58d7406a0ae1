"""Which decision stands on each household, which verify lays on the list, and which suppressions a finished list does not know, which publish asks.

Ids live on: a decision follows its household into the one it merged with, and a suppression the part that split off.
"""

import json
from collections.abc import Sequence
from typing import Any

import sql
from pipelines import assessment, decisions, publications, warehouse
from pipelines.decisions import HouseholdDecision
from pipelines.settings import Settings
from pipelines.warehouse import Connection


def decide(con: Connection, latest: Sequence[HouseholdDecision]) -> None:
    """Make standing_decision from the latest decision on each id and the lineage in the default database."""
    assessment.make(con, "successor", folder="verify")
    assessment.make(con, "decided", folder="verify", rows=json.dumps([_row(decision) for decision in latest], default=str))
    assessment.make(con, "standing_decision", folder="verify")


def suppressed_since(con: Connection, through: int, settings: Settings) -> int:
    """How many verified households of the file that is the default database have been suppressed after decision `through`.

    A later publication may know a family by another id, and its decision then stands on that one: so the current publication's
    lineage counts too, and who is at home in a household suppressed there.
    """
    now = decisions.last_id(settings)
    if now == through:
        return 0
    households, people = _suppressed(con, now, settings), set[str]()
    path = publications.current_path(settings)
    if path is not None and path.exists():
        with warehouse.database(settings, path) as current:
            # What stood before is on nobody's list; it must not hold back a home that someone has moved to since.
            newly = _suppressed(current, now, settings) - _suppressed(current, through, settings)
            people = _ids(current, "publish/suppressed_person", households=sorted(newly))
        households |= newly
    return len(_ids(con, "publish/withheld", households=sorted(households), people=sorted(people)))


def _row(found: HouseholdDecision) -> dict[str, Any]:
    """What SQL needs of a decision; its reason is free text and stays in the store."""
    return {"household_id": found.household_id, "decision": found.decision, "decided_by": found.decided_by, "decided_at": found.decided_at}


def _suppressed(con: Connection, through: int, settings: Settings) -> set[str]:
    """Household ids on which a suppression stands after the first `through` decisions."""
    decide(con, decisions.household_decisions(settings, through))
    return _ids(con, "publish/suppressed_household")


def _ids(con: Connection, statement: str, **parameters: list[str]) -> set[str]:
    return {str(row[0]) for row in con.execute(sql.read(statement), parameters).fetchall()}
