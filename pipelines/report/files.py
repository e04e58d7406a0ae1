"""The auditors' report as files to take away: the page, everything on it as JSON, and each of its tables as CSV. Nothing in them is personal."""

import json
from pathlib import Path
from typing import Any

from pipelines import private, purge, tabular
from pipelines.errors import WrongUsage
from pipelines.report import figures, refused
from pipelines.settings import Settings
from schemas.audit import OVERTAKEN, OVERTAKEN_REASON

# So that whoever reads a table by its columns finds them in a week without a row too.
COLUMNS = {
    "rejections": ("source", "file_name", "rule", "column_name", "reason", "rejected_count"),
    "repairs": ("source", "file_name", "rule", "column_name", "reason", "repaired_count"),
    "refused": refused.COLUMNS,
    "overtaken": tuple(name for name in OVERTAKEN.column_names if name not in ("run_id", "is_new")),
    "overtaken_reasons": tuple(name for name in OVERTAKEN_REASON.column_names if name != "run_id"),
    "changes": ("change", "family_count"),
    "purged": (*purge.NOTED, "purged_date", "purged_by"),
}
TABLES = (
    *("extracts", "files", "rejections", "repairs", "refused", "overtaken", "overtaken_reasons"),
    *("gates", "expectations", "terms", "trends", "changes", "purged", "history"),
)


def write(folder: Path, found: dict[str, Any], settings: Settings) -> list[str]:
    """Write the files into the folder, made if need be; returns their names. Raises WrongUsage when the run's page is not kept or the folder cannot be made."""
    page = figures.page_path(found["run_id"], settings)
    if not page.exists():
        raise WrongUsage(f"The report of run {found['run_id']} is not kept. Make it again: families stage report --run {found['run_id']}")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise WrongUsage(f"{folder} cannot be made ({error.strerror or type(error).__name__}). Give another folder with --out.") from None
    _text(folder / "quality.html", page.read_text(encoding="utf-8"))
    _text(folder / "quality.json", json.dumps(found, indent=1, default=str, ensure_ascii=False))
    for name in TABLES:
        rows = found[name]
        with private.written(folder / f"{name}.csv", ".csv") as draft:
            tabular.write_csv(draft, list(rows[0]) if rows else list(COLUMNS.get(name, ["nothing"])), rows)
    return ["quality.html", "quality.json", *(f"{name}.csv" for name in TABLES)]


def _text(path: Path, text: str) -> None:
    with private.written(path, path.suffix) as draft:
        draft.write_text(text, encoding="utf-8")
