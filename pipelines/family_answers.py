"""Decisions on many families at once: the list out to a spreadsheet, and the answers back, checked row by row as those of a clerical review are."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

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
    is_known: bool = True


def export(out: Path, settings: Settings, *, status: str | None = "verified", district: str | None = None, ward: str | None = None) -> int:
    """Write families to an XLSX file with empty columns for the decisions; returns how many. It names nobody.

    `stands` is the decision that holds already. Raises WrongUsage for an unknown status, district or ward, another ending than .xlsx or no such folder.
    """
    import xlsxwriter

    families = cohort.list_families(settings, status=status, district=district, ward=ward)
    rows = [
        family | {"why": family["reason"], "stands": family["decision"], "stands_since": family["decided_at"]} | dict.fromkeys(ANSWERS) for family in families
    ]
    with private.written(out, ".xlsx") as draft, xlsxwriter.Workbook(str(draft), tabular.OPTIONS) as book:
        sheet = tabular.write_sheet(book, "decisions", [*_TOLD, *ANSWERS], rows)
        place = len(_TOLD)
        sheet.data_validation(1, place, max(len(rows), 1), place, {"validate": "list", "source": list(DECISIONS)})
    return len(rows)


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
        sheet = returned.sheet(path, columns)
    except BadInput as refusal:
        raise BadInput(f"{shown(path.name)}: {refusal} Return the file that `families decisions export` wrote. Nothing was recorded.") from None
    for number, cells in sheet.rows:
        household_id, decision, reason, decided_by = (" ".join(cells[name].split()) for name in columns)
        yield _Row(number, HouseholdAnswer(household_id, decision.lower(), reason, decided_by), number in sheet.formula_rows, household_id)


def _faults(rows: list[_Row], settings: Settings) -> dict[int, list[str]]:
    """What is wrong with each bad row, by its number."""
    suppressed = casework.suppressed(settings)
    faults = {row.number: found for row in rows if (found := list(_wrong(row, suppressed)))}
    for row, others in _conflicting(rows):
        merged = ", since their ids were merged" if any(other.given_id != row.given_id for other in others) else ""
        faults.setdefault(row.number, []).append(f"row {', '.join(str(other.number) for other in others)} decides otherwise on the same family{merged}")
    return faults


def _wrong(row: _Row, suppressed: set[str]) -> Iterator[str]:
    answer = row.answer
    if row.has_formula:
        yield "a cell is a formula; put in its value"
    if not row.is_known:
        yield "no publication knows this household_id; leave the ids as they were exported"
    if answer.decision not in DECISIONS:
        yield f"the decision must be one of {', '.join(DECISIONS)}"
    elif answer.household_id in suppressed and answer.decision not in casework.LIFTING:
        yield "this family is suppressed; release it before anything else is decided"
    for name, longest in LONGEST.items():
        yield from wrong_text(name, getattr(answer, name), longest)


def _conflicting(rows: list[_Row]) -> Iterator[tuple[_Row, list[_Row]]]:
    """Rows whose family another row decides on otherwise, with those."""
    of_family: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        of_family[row.answer.household_id].append(row)
    for row in rows:
        others = [other for other in of_family[row.answer.household_id] if other.answer.decision != row.answer.decision]
        if others:
            yield row, others


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
