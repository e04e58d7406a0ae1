"""Files that were refused before a row of theirs was kept: a note of each, so that what a partner sent is listed with what became of it."""

import hashlib
import json
from pathlib import Path
from typing import Any

from pipelines import private
from pipelines.reading.find import DeliveredFile
from pipelines.receipts import REFUSED
from pipelines.settings import Settings
from pipelines.values.file_names import shown
from schemas.staging import DELIVERED_SOURCES


def note(source: str, file: DeliveredFile, file_sha256: str | None, message: str, rule: str, settings: Settings) -> None:
    """Keep why the file was refused and when first; told again, it is the same note. The message holds no value from a row."""
    path = file.path
    place = _place(source, path, file_sha256, settings)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    first = json.loads(place.read_text(encoding="utf-8")).get("refused_date") if place.exists() else None
    row = {"source": source, "file_name": shown(path.name), "file_sha256": file_sha256, "outcome": REFUSED, "rule": rule, "message": message}
    row |= {"delivered_date": file.delivered.isoformat() if file.delivered else None, "refused_date": first or settings.today().isoformat()}
    with private.written(place, ".json") as draft:
        draft.write_text(json.dumps(row, indent=1), encoding="utf-8")


def forget(source: str, path: Path, file_sha256: str, settings: Settings) -> None:
    """The very same file is in use now."""
    _place(source, path, file_sha256, settings).unlink(missing_ok=True)


def notes(settings: Settings) -> list[dict[str, Any]]:
    """Every note, by source and file: what `note` was told, and when first; file_sha256 is none when the file could not be opened."""
    paths = [path for source in DELIVERED_SOURCES for path in (settings.extracts_dir / source / REFUSED).glob("*.json")]
    rows: list[dict[str, Any]] = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
    return sorted(rows, key=lambda row: (DELIVERED_SOURCES.index(row["source"]), row["file_name"], row["file_sha256"] or ""))


def _place(source: str, path: Path, file_sha256: str | None, settings: Settings) -> Path:
    digest = hashlib.sha256(f"{shown(path.name)}\n{file_sha256}".encode()).hexdigest()[:16]
    return settings.extracts_dir / source / REFUSED / f"{digest}.json"
