"""Clerical review: what the machine leaves to a person, ranked by what the answer would change; out to files through pipelines/review_files.py."""

import json
from typing import Any

import sql
from pipelines import answered, decisions, leaving, provenance, verdicts, warehouse
from pipelines.errors import WrongUsage
from pipelines.provenance import Run
from pipelines.settings import Settings

# What would lead a reviewer, and so is not shown in a blind review.
MACHINE = ("expected_change", "probability", "why", "levels", "weights")
# From so many records on one person is looked at as a whole, as linkage itself does.
_LARGE_PERSON = 8
_EVERY = 1_000_000

Rows = list[dict[str, Any]]


def questions(run_id: str, settings: Settings, *, most: int = _EVERY, blind: bool = False, kind: str | None = None, household: str | None = None) -> Rows:
    """Pairs of records and memberships that a person should settle, the most consequential first. Personal: analysts only.

    Answers given since the run are known: what is settled is not asked again, what reviewers dispute is.

    Args:
        run_id: a run whose families stand.
        settings: where it is.
        most: how many at the most.
        blind: leave out what the machine thinks, from its columns and from the order.
        kind: `pair` or `member` for these only.
        household: those about its people, or about who belongs to it, only.

    Raises:
        WrongUsage: The run has no such household.
    """
    run = provenance.load(run_id, settings)
    with run.open(read_only=True) as con:
        _ask(con, run)
        parameters = {"most": _EVERY, "is_blind": blind, "link_probability": run.authority.linkage.link_probability}
        found = [row for row in _allowed(_rows(con, "review/question_shown", parameters), run) if kind in (None, row["kind"])]
        if household is not None:
            wanted = _of_household(con, household)
            found = [row for row in found if row["question_id"] in wanted]
    return [{name: value for name, value in row.items() if not (blind and name in MACHINE)} for row in found[:most]]


def question(question_id: str, run_id: str, settings: Settings, *, blind: bool = False) -> dict[str, Any]:
    """One question by its id, open or answered, any two records by `RECORD,RECORD`, or any membership by `HOUSEHOLD,PERSON`; with all that was said of it.

    What was said is left out when `blind`. Raises WrongUsage when there is none.
    """
    named = _named(question_id)
    row = _asked(question_id, named, run_id, settings, blind=blind)
    if row is None:
        if named is None:
            raise WrongUsage(
                f"No question '{question_id}' is open or was answered. `families review list` has those that are open, with --answered the others; "
                "two records are asked about as RECORD,RECORD, a membership as HOUSEHOLD,PERSON."
            )
        kind, *ids = named
        row = (answered.pair_shown if kind == "pair" else answered.member_shown)((ids[0], ids[1]), run_id, settings)
    # In a blind review nobody is led by the machine, nor by a colleague.
    hidden = (*MACHINE, *answered.COLLEAGUES) if blind else ()
    return {name: value for name, value in (row | answered.said(*_about(row), settings)).items() if name not in hidden}


def _asked(question_id: str, named: tuple[str, str, str] | None, run_id: str, settings: Settings, *, blind: bool) -> dict[str, Any] | None:
    """The question as it is open, else as it was answered."""
    wanted = answered.id_of(*named) if named else question_id
    for row in questions(run_id, settings, blind=blind):
        if wanted == row["question_id"]:
            return row
    found = answered.of(wanted, settings)
    return answered.shown(found, run_id, settings) if found else None


def about(question_id: str, run_id: str, settings: Settings) -> tuple[str, str, str]:
    """Kind, subject and other of a question by its id, of `RECORD,RECORD`, or of `HOUSEHOLD,PERSON`. Raises WrongUsage for one neither open nor answered."""
    named = _named(question_id)
    if named is not None:
        return named
    found = answered.of(question_id, settings)
    if found is not None:
        return found.kind, found.subject_id, found.other_id
    return _about(question(question_id, run_id, settings))


def _about(row: dict[str, Any]) -> tuple[str, str, str]:
    """Kind, subject and other of a question's row."""
    return ("pair", row["record_id_l"], row["record_id_r"]) if row["kind"] == "pair" else ("member", row["household_id"], row["person_id"])


def _named(text: str) -> tuple[str, str, str] | None:
    """Kind, subject and other of `RECORD,RECORD` or `HOUSEHOLD,PERSON`; None where the text is something else."""
    household_id, _, person_id = (part.strip() for part in text.partition(","))
    if household_id.startswith("H") and person_id and "," not in person_id:
        return "member", household_id, person_id
    pair = pair_of(text)
    return ("pair", *pair) if pair else None


def pair_of(text: str) -> tuple[str, str] | None:
    """The two record ids of `RECORD,RECORD` in alphabetical order; None where the text is something else."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != 2 or not all(parts):
        return None
    return min(parts), max(parts)


def fields(row: dict[str, Any]) -> Rows:
    """Level and weight of each field compared, from what a question tells of them; empty in a blind review and for memberships."""
    levels = dict(part.split("=", 1) for part in (row.get("levels") or "").split("; ") if part)
    weights = dict(part.split("=", 1) for part in (row.get("weights") or "").split("; ") if part)
    return [{"field": name, "level": levels.get(name, ""), "weight": weight} for name, weight in weights.items()]


def _allowed(rows: Rows, run: Run) -> Rows:
    """The rows without those on a record of a source that may not be put before a reviewer."""
    return leaving.allowed(rows, leaving.barred("review", run.manifest.authority, run.settings), "source_l", "source_r")


def _ask(con: warehouse.Connection, run: Run) -> None:
    """Make question and what it rests on: asked_pair, asked_member, household_around."""
    about = {
        "framework_id": run.manifest.framework_id,
        "acceptance": run.authority.publication.verification.acceptance_probability,
        "large_person": min(_LARGE_PERSON, run.authority.linkage.cluster_size_limit),
    }
    _note_verdicts(con, run.settings)
    for table in ("reviewed_person", "weak_evidence", "asked_pair", "asked_member", "question", "household_around"):
        statement = sql.read(f"review/{table}")
        con.execute(f"create or replace temp table {table} as {statement}", {name: value for name, value in about.items() if f"${name}" in statement})


def _of_household(con: warehouse.Connection, household: str) -> set[str]:
    """Ids of the questions about one household."""
    if not con.execute("from linked.household where household_id = $household", {"household": household}).fetchone():
        raise WrongUsage(f"The run has no household '{household}'. `families cohort list --status all` lists those assessed.")
    return {row["question_id"] for row in _rows(con, "review/question_of_household", {"household_id": household})}


def _note_verdicts(con: warehouse.Connection, settings: Settings) -> None:
    through = decisions.last_id(settings)
    said = [v for kind in verdicts.ANSWERS for v in verdicts.verdicts(settings, through, kind)]
    rows = [{name: getattr(v, name) for name in ("kind", "subject_id", "other_id", "decision", "is_disputed")} for v in said]
    con.execute(f"create or replace temp table verdict as {sql.read('review/verdict')}", {"rows": json.dumps(rows)})


def _rows(con: warehouse.Connection, statement: str, parameters: dict[str, Any]) -> Rows:
    cursor = con.execute(sql.read(statement), parameters)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
