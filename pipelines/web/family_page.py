"""What the page of a family shows, and that of a question about it. Apart from the addresses of the pages, which know nothing of families."""

from typing import Any

from pipelines import belonging, cohort, decisions, publications, review
from pipelines.errors import WrongUsage
from pipelines.settings import Settings
from pipelines.web import telling
from schemas.cohort import DECISIONS

Rows = list[dict[str, Any]]

MEANING = {
    "confirm": "belongs on the list",
    "reject": "does not belong on it",
    "defer": "not now",
    "serve": "a service works with it already",
    "suppress": "must not be on any list",
    "release": "lift what was decided before",
}
_COMPARED = ("name", "birth_date", "sex", "number", "address", "postcode", "source", "role", "household")


def gather(household_id: str, settings: Settings) -> dict[str, Any]:
    """Everything the page of a family shows. Raises WrongUsage for an id that no publication knows."""
    found, words = cohort.explain(household_id, settings), telling.words(settings)
    standing: Rows = found["standing"] if isinstance(found["standing"], list) else []
    members = [telling.member(row) for row in found["members"]]
    together = _together(found["household_id"], settings) if standing else None
    return {
        "found": found,
        "is_assessed": bool(standing),
        "is_in_review": any(row["status"] == "review" for row in standing),
        "standing": [row | {"status": row["status"].replace("_", " "), "problems_met": words.problems_of(row["headlines_met"])} for row in standing],
        "members": members,
        "frameworks": [_of_framework(row["framework_id"], found, words, {m["person_id"]: m["name"] for m in members}) for row in standing],
        "together": together,
        "questions": [_asked(row) for row in together["questions"]] if together else [],
        "since": decisions.pending(settings).get(found["household_id"]),
        "choices": {decision: MEANING[decision] for decision in DECISIONS},
    }


def of_question(asked: dict[str, Any]) -> dict[str, Any]:
    """What the page of a question of the review shows: the two sides, what each field says, and how it is answered."""
    sides = [{"field": name.replace("_", " "), "left": asked.get(f"{name}_l") or "-", "right": asked.get(f"{name}_r") or "-"} for name in _COMPARED]
    answers = "<same, different or unsure>" if asked["kind"] == "pair" else "<belongs, apart or unsure>"
    return {"asked": asked, "sides": sides, "fields": review.fields(asked), "answers": answers}


def _of_framework(framework_id: str, found: dict[str, Any], words: telling.Words, names: dict[str, str]) -> dict[str, Any]:
    criteria, evidence = ([row for row in found[part] if row["framework_id"] == framework_id] for part in ("criteria", "evidence"))
    return {"name": framework_id, "criteria": [words.found(row) for row in criteria], "evidence": [words.evidence(row, names) for row in evidence]}


def _together(household_id: str, settings: Settings) -> dict[str, Any] | None:
    """Why its people are one household; None where the working tables of the run behind the list are no longer kept."""
    run_id = publications.current_run_id(settings)
    try:
        return belonging.belonging(household_id, settings) if run_id else None
    except WrongUsage:
        return None


def _asked(question: dict[str, Any]) -> dict[str, Any]:
    names = " and ".join(str(question[f"name_{side}"]) for side in "lr" if question[f"name_{side}"])
    about = "are these one person?" if question["kind"] == "pair" else "does this person belong here?"
    return question | {"about": f"{names}: {about}"}
