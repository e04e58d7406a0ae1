"""Deliveries that were refused, for the auditors' page: which file, when, which rule, and what to do; never a value from a row."""

from datetime import date
from typing import Any

from pipelines import receipts, refusals
from pipelines.provenance import Run
from pipelines.settings import Settings

Rows = list[dict[str, Any]]

COLUMNS = ("source", "file_name", "delivered_date", "refused_date", "rule", "message", "received_count", "rejected_count", "accepted_as")
_UNREAD, _BAD_ROWS = "unreadable", "refuse_when_rejected_share_over"
_REASONS_NAMED = 3


def deliveries(run: Run) -> Rows:
    """Files refused, delivered by the run's as-of date, the newest first: COLUMNS. Files of the landing folder without a date in their name count too.

    `accepted_as` is the extract that the very file, read by another profile, or one of its name became; none where the refusal stands.
    """
    found = [*_unread(run.settings), *_with_bad_rows(run.settings)]
    accepted = [row for row in receipts.receipts(run.settings) if row["outcome"] == "accepted" and row["delivered_date"] <= run.as_of]
    by_content = {(row["source"], row["file_sha256"]): row["extract_id"] for row in accepted}
    by_name = {(row["source"], row["file_name"]): row["extract_id"] for row in accepted}
    told = [
        {name: row[name] for name in COLUMNS}
        | {"accepted_as": by_content.get((row["source"], row["file_sha256"])) or by_name.get((row["source"], row["file_name"]))}
        for row in found
        if row["delivered_date"] is None or row["delivered_date"] <= run.as_of
    ]
    return sorted(told, key=lambda row: (row["delivered_date"] or date.max, row["source"], row["file_name"]), reverse=True)


def _unread(settings: Settings) -> Rows:
    """Files of which no row was kept."""
    return [
        dict.fromkeys(COLUMNS)
        | {name: note[name] for name in ("source", "file_name", "file_sha256")}
        | {"rule": note.get("rule", _UNREAD), "message": note["message"].removeprefix(f"{note['file_name']} is refused: ")}
        | {name: _day(note.get(name)) for name in ("delivered_date", "refused_date")}
        for note in refusals.notes(settings)
    ]


def _with_bad_rows(settings: Settings) -> Rows:
    """Files that were read, and of which too many rows broke a rule."""
    reasons: dict[str, list[str]] = {}
    for row in receipts.refused(settings, "ingest/rejections"):
        reasons.setdefault(row["extract_id"], []).append(f"{row['reason']} ({row['rejected_count']:,})")
    return [
        {name: row.get(name) for name in (*COLUMNS, "file_sha256")} | {"rule": _BAD_ROWS, "message": _of_bad_rows(row, reasons.get(row["extract_id"], []))}
        for row in receipts.refused(settings, "ingest/receipts")
    ]


def _of_bad_rows(receipt: dict[str, Any], reasons: list[str]) -> str:
    """In words; of a set the receipt counts the rows of its main file, and the reasons are of the file that was bad."""
    most = f"Most frequent: {'; '.join(reasons[:_REASONS_NAMED])}. " if reasons else ""
    return (
        "more rows broke a rule than the profile lets pass (refuse_when_rejected_share_over in extracts.yml). "
        f"{most}Ask the supplier to mend the file and deliver it again (families extracts rejections {receipt['extract_id']} --out FILE), "
        "or correct the profile if the layout has changed."
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
