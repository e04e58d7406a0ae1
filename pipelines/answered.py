"""Questions of the clerical review that somebody answered: who said what, when, and what became of it; apart from review, which asks."""

import hashlib
from dataclasses import asdict
from typing import Any

import sql
from pipelines import leaving, provenance, verdicts
from pipelines.errors import WrongUsage
from pipelines.published_rows import fetched
from pipelines.settings import Settings
from pipelines.verdicts import Answered

Rows = list[dict[str, Any]]


# What would lead who looks after a colleague, and so is not shown in a blind review.
COLLEAGUES = ("state", "stands", "said")


def listing(settings: Settings, *, kind: str | None = None, most: int | None = None, blind: bool = False) -> Rows:
    """Every question answered so far, revoked ones included, the one answered last first, with all that was said. Names no person of the records.

    A `blind` listing has the questions alone, in the order of their ids: neither what was said and stands, nor how lately.
    """
    found = [_told(one) for one in verdicts.answered(settings) if kind in (None, one.kind)][:most]
    if not blind:
        return found
    return [{name: value for name, value in row.items() if name not in COLLEAGUES} for row in sorted(found, key=lambda row: str(row["question_id"]))]


def of(question_id: str, settings: Settings) -> Answered | None:
    """The question of this id, None where nobody answered it yet."""
    return next((one for one in verdicts.answered(settings) if id_of(one.kind, one.subject_id, one.other_id) == question_id), None)


def said(kind: str, subject_id: str, other_id: str, settings: Settings) -> dict[str, Any]:
    """State, what stands and what was said of a pair or a membership; nothing where nobody answered yet."""
    about = (kind, subject_id, other_id)
    found = next((_told(one) for one in verdicts.answered(settings) if (one.kind, one.subject_id, one.other_id) == about), {})
    return {name: value for name, value in found.items() if name in ("question_id", *COLLEAGUES)}


def id_of(*about: str) -> str:
    """The id of a question by kind, subject and other; made as sql/review/question.sql makes it."""
    return "q" + hashlib.md5("\x1f".join(about).encode(), usedforsecurity=False).hexdigest()[:10]


def pair_shown(about: tuple[str, str], run_id: str, settings: Settings) -> dict[str, Any]:
    """Two records side by side, whether or not they are asked about: what the machine linked a person may part. Raises WrongUsage for an unknown record."""
    run = provenance.load(run_id, settings)
    with run.open(read_only=True) as con:
        found = fetched(con, "review/any_pair", dict(zip(("record_id_l", "record_id_r"), about, strict=True)))
    allowed = leaving.allowed(found, leaving.barred("review", run.manifest.authority, run.settings), "source_l", "source_r")
    if not allowed:
        raise WrongUsage(
            "One of the two records is not in the run, or may not be put before a reviewer. `families cohort explain` tells the records of a household."
        )
    return allowed[0]


def member_shown(about: tuple[str, str], run_id: str, settings: Settings) -> dict[str, Any]:
    """A person and a household side by side, whether or not they are asked about. Raises WrongUsage where the run has one of them under no such id."""
    found, is_known = _member(about, run_id, settings)
    if not is_known:
        raise WrongUsage("The household or the person is not in the run. `families cohort explain HOUSEHOLD --why-together` tells the people of a household.")
    return found


def shown(one: Answered, run_id: str, settings: Settings) -> dict[str, Any]:
    """An answered question as the run has it, side by side; by its ids alone where the run no longer has them, or they may not be shown."""
    if one.kind == "pair":
        try:
            return pair_shown((one.subject_id, one.other_id), run_id, settings)
        except WrongUsage as error:
            return {"kind": "pair", "record_id_l": one.subject_id, "record_id_r": one.other_id, "why": str(error)}
    return _member((one.subject_id, one.other_id), run_id, settings)[0]


def _member(about: tuple[str, str], run_id: str, settings: Settings) -> tuple[dict[str, Any], bool]:
    """A person and a household side by side, and whether the run has both."""
    with provenance.load(run_id, settings).open(read_only=True) as con:
        con.execute(f"create or replace temp table household_around as {sql.read('review/household_around')}")
        found = fetched(con, "review/any_member", dict(zip(("household_id", "person_id"), about, strict=True)))[0]
    is_known = found.pop("is_known")
    return found, is_known


def _told(one: Answered) -> dict[str, Any]:
    about = {"question_id": id_of(one.kind, one.subject_id, one.other_id)}
    return about | asdict(one) | {"said": [asdict(opinion) for opinion in one.said]}
