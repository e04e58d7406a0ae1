"""The auditors' page: one self-contained HTML file, without a name, a script or anything from the network."""

import os
from itertools import groupby
from pathlib import Path
from typing import Any

from pipelines import publications, templates
from pipelines.provenance import Run
from pipelines.report import disclosure, figures, history, reckoning
from pipelines.report.figures import in_words
from pipelines.settings import Settings
from schemas.cohort import STAGES, WARD_STAGES

LATEST = "latest.html"
_STAGE_COLUMNS = STAGES
_STATUS_COLUMNS = ("verified", "review", "near_miss", "not_qualifying", "rejected", "deferred", "in_service", "suppressed")
_CRITERION_COLUMNS = ("met_count", "not_met_count", "not_assessed_count")


def write(run: Run) -> dict[str, Any]:
    """Write reports/<run_id>.html, and latest.html as its copy when it is news: the run is current, or a gate refused it and no later list is out."""
    found = figures.gather(run)
    text = _html(run, found)
    _write_whole(figures.page_path(run.run_id, run.settings), text)
    is_current = publications.current_run_id(run.settings) == run.run_id
    is_latest = is_current or (found["is_refused"] and publications.overtaken_by(run) is None)
    if is_latest:
        _write_whole(run.settings.reports_dir / LATEST, text)
    return {"report_bytes": len(text.encode()), "is_latest": is_latest}


def show(run_id: str, settings: Settings) -> bool:
    """Make the page of a publication put back the latest; False when the page is not kept."""
    path = figures.page_path(run_id, settings)
    if path.exists():
        _write_whole(settings.reports_dir / LATEST, path.read_text(encoding="utf-8"))
    return path.exists()


def _html(run: Run, found: dict[str, Any]) -> str:
    """The page's text."""
    environment = templates.environment(__package__, {"number": _number, "words": _words, "share": _share, "held": disclosure.in_words})
    return environment.get_template("auditors.html").render(_context(run, found))


def _context(run: Run, found: dict[str, Any]) -> dict[str, Any]:
    publication = run.authority.publication
    districts, wards = reckoning.joined(found["reconciliation"], found["ward_reconciliation"], totals_are_told=True)
    return found | {
        "authority": publication.name,
        "is_fictional": publication.is_fictional,
        "framework_id": run.manifest.framework_id,
        "most_rows": max([e["received_count"] or 0 for e in found["extracts"]] + [1]),
        "status_tables": _status_table(found["statuses"]),
        "reconciliations": _reconciliations(districts),
        "ward_tables": dict(_grouped(reckoning.of_anybody(wards), "framework_id")),
        "ward_columns": WARD_STAGES,
        "criterion_tables": dict(_grouped(found["criteria"], "framework_id")),
        # A run of an earlier version tells no files.
        "received_count": sum(row["received_count"] or 0 for row in found["files"] or found["extracts"]),
        "accepted_count": sum(row["accepted_count"] or 0 for row in found["files"] or found["extracts"]),
        "of_several_files": _of_several_files(found["files"]),
        "warnings_in_words": in_words(found),
        "failed_expectations": [e for e in found["expectations"] if not e["is_success"]],
        "delivery_trends": history.delivery_trends(found["trends"]),
        "expectation_trends": history.expectation_trends(found["trends"]),
        "suites": _suites(found["expectations"]),
        "stage_columns": _STAGE_COLUMNS,
        "status_columns": _STATUS_COLUMNS,
        "criterion_columns": _CRITERION_COLUMNS,
        "small": disclosure.SMALL,
    }


def _status_table(statuses: figures.Rows) -> figures.Rows:
    """A row a framework; counts of a whole authority point at nobody, so they stand as they are."""
    return [
        {"framework_id": framework} | dict.fromkeys(_STATUS_COLUMNS, 0) | {row["status"]: row["family_count"] for row in rows}
        for framework, rows in _grouped(statuses, "framework_id")
    ]


def _of_several_files(files: figures.Rows) -> figures.Rows:
    """The files of sources with more than one behind their extract; a file that came alone is told with its source."""
    return [row for _, rows in _grouped(files, "source") if len(rows) > 1 for row in rows]


def _reconciliations(rows: figures.Rows) -> dict[str, figures.Rows]:
    """A table a framework from rows with their small counts held back; totals by status stand elsewhere on the page."""
    return {
        framework: [
            {"district": row["district"], "indicative": _number(row["indicative"])} | {name: disclosure.in_words(row[name]) for name in WARD_STAGES}
            for row in found
        ]
        for framework, found in _grouped(rows, "framework_id")
    }


def _suites(expectations: figures.Rows) -> dict[str, figures.Rows]:
    return dict(_grouped(sorted(expectations, key=lambda row: row["suite"]), "suite"))


def _grouped(rows: figures.Rows, column: str) -> list[tuple[str, figures.Rows]]:
    return [(key, list(found)) for key, found in groupby(rows, key=lambda row: str(row[column]))]


def _number(value: int | None) -> str:
    return "-" if value is None else f"{value:,}"


def _words(text: str) -> str:
    return text.replace("_", " ").removesuffix(" count")


def _share(part: int | None, whole: int | None) -> str:
    return f"{100 * part / whole:.1f}%" if part is not None and whole else "-"


def _write_whole(path: Path, text: str) -> None:
    draft = path.with_suffix(".draft")
    draft.write_text(text, encoding="utf-8")
    draft.chmod(0o600)
    os.replace(draft, path)
