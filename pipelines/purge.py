"""Purges what has been kept for as long as it may be: extracts past their retention, and the working tables of runs that hold copies of their rows.

What remains of an extract is a note that says what it was, when it went and why: never whose rows were in it.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipelines import locks, private, provenance, publications, receipts
from pipelines.authority import Authority
from pipelines.settings import Settings
from schemas import purposes
from schemas.staging import DELIVERED_SOURCES

PURGED = "purged"
Rows = list[dict[str, Any]]

_OF_RECEIPT = ("extract_id", "source", "file_name", "file_sha256", "delivered_date", "as_at_date", "received_count", "accepted_count", "rejected_count")
NOTED = (*_OF_RECEIPT, "outcome", "keep_days", "agreement_id")


def due(council: Authority, settings: Settings) -> Rows:
    """Extracts and refused files past their retention today, oldest first within their source, each with `is_in_use`: the current list stands on it."""
    today, in_use = settings.today(), _of_current_list(settings)
    rows = []
    for receipt in receipts.receipts(settings):
        keep_days = council.profiles.keep_days(receipt["source"])
        if purposes.last_day(receipt["delivered_date"], keep_days) < today:
            about = {"outcome": receipt["outcome"], "keep_days": keep_days, "agreement_id": receipt["agreement_id"]}
            rows.append({name: receipt[name] for name in _OF_RECEIPT} | about | {"is_in_use": receipt["extract_id"] in in_use})
    return rows


def purge(council: Authority, settings: Settings, purged_by: str) -> dict[str, Any]:
    """Remove what is due and not in use, each extract after its note is on the disk, so that a break leaves nothing unexplained; returns what went."""
    with locks.hold("refresh", settings, purpose="purge", wait_seconds=60):
        gone = [row for row in due(council, settings) if not row["is_in_use"]]
        for row in gone:
            _note(row, purged_by, settings)
        runs = _drop_runs({row["extract_id"] for row in gone}, settings)
        for row in gone:
            _path(row, settings).unlink(missing_ok=True)
    return {"extracts": gone, "runs": runs}


def notes(settings: Settings) -> Rows:
    """What was purged so far, by source and delivery: the log."""
    paths = [path for source in DELIVERED_SOURCES for path in sorted((settings.extracts_dir / source / PURGED).glob("*.json"))]
    return [json.loads(path.read_text(encoding="utf-8")) for path in paths]


def note_of(extract_id: str, source: str, settings: Settings) -> dict[str, Any] | None:
    """The note of a purged extract; None when it was not purged."""
    path = settings.extracts_dir / source / PURGED / f"{extract_id}.json"
    found: dict[str, Any] | None = json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
    return found


def in_words(note: dict[str, Any]) -> str:
    """Why an extract is no longer there."""
    return f"was purged on {note['purged_date']}: delivered on {note['delivered_date']}, it could be kept for {note['keep_days']:,} days (keep_days)"


def dependants(extract_ids: set[str], settings: Settings) -> list[str]:
    """Runs that stand on any of the extracts."""
    return [run_id for run_id, used in _manifests(settings) if used & extract_ids]


def _note(row: dict[str, Any], purged_by: str, settings: Settings) -> None:
    place = settings.extracts_dir / row["source"] / PURGED / f"{row['extract_id']}.json"
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = {name: row[name] for name in NOTED} | {"purged_date": settings.today(), "purged_by": purged_by}
    with private.written(place, ".json") as draft:
        draft.write_text(json.dumps(kept, indent=1, default=str), encoding="utf-8")


def _drop_runs(extract_ids: set[str], settings: Settings) -> list[str]:
    """Remove the working tables of runs that stand on the extracts: they hold their rows. Manifest, seals and publication stay and tell what the run was."""
    current = publications.current_run_id(settings)
    dropped = []
    for run_id in dependants(extract_ids, settings):
        path = settings.runs_dir / f"{run_id}.duckdb"
        if run_id != current and path.exists():
            path.unlink()
            Path(f"{path}.wal").unlink(missing_ok=True)
            dropped.append(run_id)
    return dropped


def _of_current_list(settings: Settings) -> set[str]:
    current = publications.current_run_id(settings)
    return next((used for run_id, used in _manifests(settings) if run_id == current), set())


def _manifests(settings: Settings) -> Iterator[tuple[str, set[str]]]:
    for run_id in sorted(provenance.run_ids(settings)):
        # A purge that cannot read what a run stands on stops and names the file: to go on could leave rows that were to go.
        manifest = provenance.load(run_id, settings).manifest
        yield run_id, {used.extract_id for used in manifest.extracts if used.extract_id}


def _path(row: dict[str, Any], settings: Settings) -> Path:
    folder = settings.extracts_dir / str(row["source"])
    return (folder / receipts.REFUSED if row["outcome"] == receipts.REFUSED else folder) / f"{row['extract_id']}.duckdb"
