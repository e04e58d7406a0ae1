"""Questions of a clerical review as files that go out: a spreadsheet, or the annotation file of recordlinkage; answers: pipelines/answers.py."""

import json
from pathlib import Path
from typing import Any

from pipelines import private, review, tabular, verdicts
from pipelines.settings import Settings

RECORD_IDS = ("record_id_l", "record_id_r")
MEMBER_IDS = ("household_id", "person_id")
ANSWERS = ("decision", "reason", "decided_by")
XLSX, ANNOTATION = ".xlsx", ".json"
# What recordlinkage's annotator shows of a pair, one line a field with both values.
_ANNOTATED = ("name", "birth_date", "sex", "address", "postcode", "number", "source", "role", "household")

Rows = list[dict[str, Any]]


def export(run_id: str, out: Path, settings: Settings, *, blind: bool = False, most: int | None = None, kind: str | None = None) -> int:
    """Write what a person should settle, with room for the answers; returns how many questions.

    Args:
        run_id: the run asked about.
        out: an .xlsx file, or a .json annotation file, which holds pairs of records only.
        settings: where the run is.
        blind: leave out what the machine thinks.
        most: only so many, the most consequential; all unless given.
        kind: `pair` or `member` only.

    Raises:
        WrongUsage: for another ending, or when the folder cannot be written.
    """
    with private.written(out, XLSX, ANNOTATION) as draft:
        is_annotation = out.suffix.lower() == ANNOTATION
        asked = review.questions(run_id, settings, blind=blind, kind="pair" if is_annotation else kind)[:most]
        if is_annotation:
            draft.write_text(json.dumps(annotation(asked), indent=2, ensure_ascii=False), encoding="utf-8")
        else:
            _write_sheet(draft, asked)
    return len(asked)


def annotation(rows: Rows) -> dict[str, Any]:
    """The pairs in the form of recordlinkage's annotation file, version 1: identifiers, fields side by side, and later a `label` of 1 or 0."""
    return {"version": 1, "pairs": [_annotated(row) for row in rows]}


def _annotated(row: dict[str, Any]) -> dict[str, Any]:
    def side(name: str, letter: str) -> dict[str, Any]:
        return {"name": name, "value": row[f"{name}_{letter}"], "type": "String"}

    return {
        "fields": [{"a": side(name, "l"), "b": side(name, "r"), "similarity": None} for name in _ANNOTATED],
        "identifiers": {
            "a": {"dataset": row["source_l"], "record": row["record_id_l"]},
            "b": {"dataset": row["source_r"], "record": row["record_id_r"]},
        },
    }


def _write_sheet(draft: Path, asked: Rows) -> None:
    import xlsxwriter

    rows = [row | dict.fromkeys(ANSWERS) for row in asked]
    columns = [name for name in (rows[0] if rows else (*RECORD_IDS, *MEMBER_IDS)) if name not in ANSWERS] + list(ANSWERS)
    words = list(dict.fromkeys(word for kind in verdicts.ANSWERS.values() for word in kind))
    with xlsxwriter.Workbook(str(draft), tabular.OPTIONS) as book:
        sheet = tabular.write_sheet(book, "review", columns, rows, held=0)
        place = columns.index("decision")
        sheet.data_validation(1, place, max(len(rows), 1), place, {"validate": "list", "source": words})
