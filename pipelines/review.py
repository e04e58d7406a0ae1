"""Clerical review: pairs of records the machine leaves to a person, out to a spreadsheet; the answers come back through pipelines/answers.py."""

from pathlib import Path
from typing import Any

import sql
from pipelines import leaving, private, provenance, tabular, verdicts
from pipelines.settings import Settings

RECORD_IDS = ("record_id_l", "record_id_r")
ANSWERS = ("decision", "reason", "decided_by")
_EVERY = 1_000_000


def review_pairs(run_id: str, settings: Settings, *, most: int = _EVERY, blind: bool = False) -> list[dict[str, Any]]:
    """Pairs for review of a run, those nearest to a link first; blind ones do not show what the machine thinks. Personal: analysts only."""
    run = provenance.load(run_id, settings)
    with run.open(read_only=True) as con:
        cursor = con.execute(sql.read("review/review_pair"), {"most": most, "link_probability": run.authority.linkage.link_probability})
        names = [column[0] for column in cursor.description or []]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    rows = leaving.allowed(rows, leaving.barred("review", run.manifest.authority, settings), "source_l", "source_r")
    hidden = {"match_probability", "why", "levels", "weights"} if blind else set()
    return [{name: value for name, value in row.items() if name not in hidden} for row in rows]


def export(run_id: str, out: Path, settings: Settings, *, blind: bool = False) -> int:
    """Write the pairs for review to an XLSX file with empty columns for the answers; returns how many.

    Raises:
        WrongUsage: when the file does not end in .xlsx or its folder cannot be written.
    """
    import xlsxwriter

    rows = [row | dict.fromkeys(ANSWERS) for row in review_pairs(run_id, settings, blind=blind)]
    columns = [name for name in (rows[0] if rows else RECORD_IDS) if name not in ANSWERS] + list(ANSWERS)
    with private.written(out, ".xlsx") as draft, xlsxwriter.Workbook(str(draft), tabular.OPTIONS) as book:
        sheet = tabular.write_sheet(book, "review", columns, rows, held=0)
        place = columns.index("decision")
        sheet.data_validation(1, place, max(len(rows), 1), place, {"validate": "list", "source": list(verdicts.ANSWERS["pair"])})
    return len(rows)
