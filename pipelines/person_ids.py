"""What became of a person's id, and in which households the person is; apart from the households, whose ids live by other rules."""

from typing import Any

from pipelines.errors import WrongUsage
from pipelines.published_rows import Rows, current, fetched
from pipelines.settings import Settings


def is_person(identity: str) -> bool:
    """Whether an id is that of a person, by its first letter."""
    return identity.startswith("P")


def explain(person_id: str, settings: Settings) -> dict[str, Any]:
    """The person who stands for the id now, the households, and each act on the way; ids, dates and reasons, no names.

    Raises:
        WrongUsage: no publication knows the id.
    """
    with current(settings) as con:
        found, acts, seen = person_id, Rows(), set[str]()
        while found not in seen:
            seen.add(found)
            told = fetched(con, "cohort/person_identity", {"person_id": found})
            acts += [{"person_id": found, **act} for act in told]
            found = next((act["other_id"] for act in reversed(told) if act["act"] == "merged"), found)
        homes = fetched(con, "cohort/person_household", {"person_id": found})
        if not acts and not homes:
            raise WrongUsage(f"No publication knows a person '{person_id}'. `families cohort explain HOUSEHOLD` tells the ids of its members.")
        return {"person_id": found, "asked_for": person_id, "households": homes, "what_became_of_the_id": acts}
