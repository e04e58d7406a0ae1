"""Decisions on many families at once: the list out to a spreadsheet, and the answers back, checked row by row as those of a clerical review are."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import sql
from pipelines import casework, cohort, decisions, private, publications, tabular, warehouse
from pipelines.answers import LONGEST, Imported, wrong_text
from pipelines.decisions import HouseholdAnswer
from pipelines.errors import BadInput
from pipelines.reading import returned
from pipelines.review_files import ANSWERS
from pipelines.settings import Settings
from pipelines.values.file_names import shown
from schemas.cohort import DECISIONS

_TOLD = (
    "household_id",
    "status",
    "why",
    "district",
    "cluster",
    "ward",
    "tier",
    "adult_count",
    "child_count",
    "headlines_met",
    "criteria_met",
    "stands",
    "stands_since",
)


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    answer: HouseholdAnswer
    has_formula: bool
    given_id: str
    stood: str | None
    """What stood at the export; None where the file does not say."""
    is_known: bool = True


def export(out: Path, settings: Settings, *, status: str | None = "verified", district: str | None = None, ward: str | None = None) -> int:
    """Write families to an XLSX file with empty columns for the decisions; returns how many. It names nobody.

    `stands` is the decision that holds already, those since the list was made included: a family suppressed since is marked so.
    Raises WrongUsage for an unknown status, district or ward, another ending than .xlsx or no such folder.
    """
    import xlsxwriter

    families = cohort.list_families(settings, status=status, district=district, ward=ward)
    stands, pending = casework.standing(settings), decisions.pending(settings)
    rows = [family | {"why": family["reason"]} | _stands(family, stands, pending) | dict.fromkeys(ANSWERS) for family in families]
    with private.written(out, ".xlsx") as draft, xlsxwriter.Workbook(str(draft), tabular.OPTIONS) as book:
        sheet = tabular.write_sheet(book, "decisions", [*_TOLD, *ANSWERS], rows)
        place = len(_TOLD)
        sheet.data_validation(1, place, max(len(rows), 1), place, {"validate": "list", "source": list(DECISIONS)})
    return len(rows)


def _stands(family: dict[str, Any], stands: dict[str, str], pending: dict[str, decisions.HouseholdDecision]) -> dict[str, Any]:
    since = pending.get(family["household_id"])
    return {"stands": stands.get(family["household_id"]), "stands_since": since.decided_at if since else family["decided_at"]}


def record(path: Path, settings: Settings) -> Imported:
    """Record the good rows in one transaction and refuse the others; rows without a decision are left, and so are decisions that stand already.

    A row on an id that was merged away since the export is on the family that stands for it now, as `families decide` has it.

    Raises:
        BadInput: when the file is not the spreadsheet that `families decisions export` wrote; then nothing is recorded.
    """
    rows = list(_rows(path))
    answered = _standing([row for row in rows if row.answer.decision or row.has_formula], settings)
    faults = _faults(answered, settings)
    good = {row.answer.household_id: row.answer for row in answered if row.number not in faults}
    stands = casework.in_effect(settings)
    new = [answer for household_id, answer in good.items() if stands.get(household_id) != answer.decision]
    decisions.decide_households(new, settings)
    refused = [f"row {number}: {'; '.join(found)}" for number, found in sorted(faults.items())]
    return Imported(len(new), len(answered) - len(faults) - len(new), len(rows) - len(answered), refused)


def _rows(path: Path) -> Iterator[_Row]:
    columns = ("household_id", *ANSWERS)
    try:
        sheet = returned.sheet(path, columns, ("stands",))
    except BadInput as refusal:
        raise BadInput(f"{shown(path.name)}: {refusal} Return the file that `families decisions export` wrote. Nothing was recorded.") from None
    for number, cells in sheet.rows:
        household_id, decision, reason, decided_by = (" ".join(cells[name].split()) for name in columns)
        stood = cells["stands"].strip().lower() if sheet.has("stands") else None
        yield _Row(number, HouseholdAnswer(household_id, decision.lower(), reason, decided_by), number in sheet.formula_rows, household_id, stood)


def _faults(rows: list[_Row], settings: Settings) -> dict[int, list[str]]:
    """What is wrong with each bad row, by its number."""
    now = _Now(casework.suppressed(settings), casework.standing(settings), casework.unqualified(settings))
    faults = {row.number: found for row in rows if (found := list(_wrong(row, now)))}
    for row, others in _of_one_family(rows):
        merged = ", since their ids were merged" if any(other.given_id != row.given_id for other in others) else ""
        is_otherwise = any(other.answer.decision != row.answer.decision for other in others)
        told = "decides otherwise on the same family" if is_otherwise else "decides on the same family too; leave one of them"
        faults.setdefault(row.number, []).append(f"row {', '.join(str(other.number) for other in others)} {told}{merged}")
    return faults


@dataclass(frozen=True, slots=True)
class _Now:
    """How families stand while the answers are read."""

    suppressed: set[str]
    standing: dict[str, str]
    unqualified: set[str]


def _wrong(row: _Row, now: _Now) -> Iterator[str]:
    answer = row.answer
    stands = now.standing.get(answer.household_id, "")
    if row.has_formula:
        yield "a cell is a formula; put in its value"
    if not row.is_known:
        yield "no publication knows this household_id; leave the ids as they were exported"
    if answer.decision not in DECISIONS:
        yield f"the decision must be one of {', '.join(DECISIONS)}"
    elif answer.household_id in now.suppressed and answer.decision not in casework.LIFTING:
        yield "this family is suppressed; release it before anything else is decided"
    elif row.stood is not None and stands not in (row.stood, answer.decision):
        yield (
            f"since the export somebody decided: now stands {stands or 'nothing'}, where the sheet has {row.stood or 'nothing'}. "
            f"See families cohort explain; to decide anyway write {stands or 'nothing at all'} under stands, or export again"
        )
    elif answer.decision == "release" and not stands:
        yield "nothing stands on this family that a release could lift"
    elif answer.decision == "reject" and stands != "reject" and answer.household_id in now.unqualified:
        yield "this family does not qualify now, so that there is nothing to reject; decide when it does, or suppress it if it must never be listed"
    for name, longest in LONGEST.items():
        yield from wrong_text(name, getattr(answer, name), longest)


def _of_one_family(rows: list[_Row]) -> Iterator[tuple[_Row, list[_Row]]]:
    """Rows whose family another row decides on too, with those: of two reasons only one would be kept."""
    of_family: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        of_family[row.answer.household_id].append(row)
    for row in rows:
        others = [other for other in of_family[row.answer.household_id] if other.number != row.number]
        if others and row.is_known:
            differing = [other for other in others if other.answer.decision != row.answer.decision]
            yield row, differing or others


def _standing(rows: list[_Row], settings: Settings) -> list[_Row]:
    """The rows, each with the id that stands now for the one it gives, and whether the current publication knows that. Raises BadInput without one."""
    path = publications.current_path(settings)
    if path is None:
        raise BadInput(publications.nothing(settings))
    with warehouse.database(settings, path) as con:
        found = con.execute(sql.read("review/known_household"), {"household_ids": sorted({row.given_id for row in rows})}).fetchall()
        # Few ids are merged away between an export and its return: only those are followed one by one.
        stands = {str(known): cohort.standing_id(con, known)[0] if is_merged else str(known) for known, is_merged in found}
    return [replace(row, answer=replace(row.answer, household_id=stands.get(row.given_id, row.given_id)), is_known=row.given_id in stands) for row in rows]
