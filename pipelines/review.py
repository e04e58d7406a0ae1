"""Clerical review: pairs of records the machine leaves to a person, out to a spreadsheet and back; apart from decisions, which only keeps answers."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sql
from pipelines import decisions, provenance
from pipelines.errors import BadInput
from pipelines.settings import Settings

ANSWERS = ("decision", "reason", "decided_by")
_EVERY = 1_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """One row of a returned spreadsheet."""

    row_number: int
    record_id_l: str
    record_id_r: str
    decision: str
    reason: str
    decided_by: str


def review_pairs(run_id: str, settings: Settings, *, most: int = _EVERY, blind: bool = False) -> list[dict[str, Any]]:
    """Pairs for review of a run, those nearest to a link first; blind ones show neither probability nor weights. Personal: analysts only."""
    with provenance.load(run_id, settings).open(read_only=True) as con:
        cursor = con.execute(sql.read("review/review_pair"), {"most": most})
        names = [column[0] for column in cursor.description or []]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    hidden = {"match_probability", "levels", "weights"} if blind else set()
    return [{name: value for name, value in row.items() if name not in hidden} for row in rows]


def export(run_id: str, out: Path, settings: Settings, *, blind: bool = False) -> int:
    """Write the pairs for review to an XLSX file with empty columns for the answers; returns how many."""
    import xlsxwriter

    rows = review_pairs(run_id, settings, blind=blind)
    names = list(rows[0]) if rows else ["record_id_l", "record_id_r"]
    columns = [name for name in names if name != "decision"] + list(ANSWERS)
    # Nothing a partner wrote may become a formula or a link in the reviewer's spreadsheet.
    with xlsxwriter.Workbook(str(out), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("review")
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, columns)
        for number, row in enumerate(rows, start=1):
            for place, name in enumerate(columns):
                sheet.write(number, place, row.get(name) if not isinstance(row.get(name), float) else round(row[name], 4))
        sheet.data_validation(1, columns.index("decision"), max(len(rows), 1), columns.index("decision"), _CHOICES)
    out.chmod(0o600)
    return len(rows)


def import_answers(path: Path, settings: Settings) -> int:
    """Record the answers of a returned spreadsheet; rows without an answer are left. Returns how many were recorded.

    Raises:
        BadInput: with every row that cannot be taken; then nothing is recorded.
    """
    answers, mistakes = [], []
    for answer in _answers(path):
        wrong = _mistake(answer)
        mistakes.append(f"row {answer.row_number}: {wrong}") if wrong else answers.append(answer)
    if mistakes:
        more = f"\n... and {len(mistakes) - 20} more" if len(mistakes) > 20 else ""
        raise BadInput(f"{path.name}: {len(mistakes)} rows cannot be taken, so nothing was recorded:\n" + "\n".join(mistakes[:20]) + more)
    for answer in answers:
        decisions.decide_pair(answer.record_id_l, answer.record_id_r, answer.decision, answer.reason, answer.decided_by, settings)
    return len(answers)


_CHOICES = {"validate": "list", "source": list(decisions.PAIR_DECISIONS)}


def _answers(path: Path) -> list[Answer]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    except (CalamineError, OSError):
        raise BadInput(f"{path}: this is not an XLSX file that can be read. Return the file that `families review export` wrote.") from None
    header = [str(cell).strip() for cell in rows[0]] if rows else []
    missing = [name for name in ("record_id_l", "record_id_r", *ANSWERS) if name not in header]
    if missing:
        raise BadInput(f"{path.name}: the columns {', '.join(missing)} are missing. Return the file that `families review export` wrote.")
    found = []
    for number, row in enumerate(rows[1:], start=2):
        cell = {name: str(value).strip() for name, value in zip(header, row, strict=False)}
        if cell["decision"]:
            found.append(Answer(number, cell["record_id_l"], cell["record_id_r"], cell["decision"].lower(), cell["reason"], cell["decided_by"]))
    return found


def _mistake(answer: Answer) -> str | None:
    if answer.decision not in decisions.PAIR_DECISIONS:
        return f"the decision must be one of {', '.join(decisions.PAIR_DECISIONS)}"
    if not answer.record_id_l or not answer.record_id_r or answer.record_id_l == answer.record_id_r:
        return "two different record ids are needed"
    if not answer.reason:
        return "a reason is needed"
    return None if answer.decided_by else "decided_by is needed"
