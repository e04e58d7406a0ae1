"""The figures behind every report, read from a run's file or a publication: counts only."""

import json
from pathlib import Path
from typing import Any

import sql
from pipelines import audit_trail, cohort, provenance, publications, warehouse
from pipelines.errors import WrongUsage
from pipelines.provenance import Run
from pipelines.report import history, refused
from pipelines.settings import Settings
from schemas.cohort import STATUSES

Rows = list[dict[str, Any]]

_OVER_TIME = ("terms", "changes", "since_before", "trends", "purged", "history")


def summary(settings: Settings, run_id: str | None = None) -> dict[str, Any]:
    """A publication in counts, and where the list and the report are."""
    wanted = run_id or publications.current_run_id(settings)
    path = publications.path_of(wanted, settings) if wanted else None
    if wanted is None or path is None or not path.exists():
        raise WrongUsage(publications.nothing(settings))
    with warehouse.database(settings, path) as con:
        counts = rows(con, "cohort/publication")[0]
        extracts = _standing(rows(con, "report/extract"))
        statuses = rows(con, "report/status")
        warnings = audit_trail.warnings(con)
    of_list = {row["status"]: row["family_count"] for row in statuses if row["framework_id"] == counts["framework_id"]}
    return {
        **{name: counts[name] for name in ("run_id", "as_of_date", "framework_id", "approval", "person_count", "household_count", "family_count")},
        "status_counts": {status: of_list.get(status, 0) for status in STATUSES},
        **warnings,
        "extracts": extracts,
        "list_path": str(settings.published_dir / publications.CURRENT if wanted == publications.current_run_id(settings) else path),
        "report_path": str(page_path(wanted, settings)),
    }


def quality(settings: Settings, run_id: str | None = None) -> dict[str, Any]:
    """What an auditor reads, by part; parts of stages that did not run are empty."""
    found = gather(provenance.load(run_id or provenance.newest_run_id(settings), settings))
    told = (
        "run_id",
        "as_of_date",
        "is_refused",
        "warning_count",
        "note_count",
        "extracts",
        "files",
        "rejections",
        "repairs",
        "refused",
        "overtaken",
        "overtaken_reasons",
        "gates",
        "expectations",
        *_OVER_TIME,
    )
    return {name: found[name] for name in told}


def gather(run: Run) -> dict[str, Any]:
    """Everything the page shows; of a run whose working tables are no longer kept, what its publication tells."""
    published = publications.path_of(run.run_id, run.settings)
    kept = published if published.exists() and not run.path.exists() else None
    with warehouse.database(run.settings, kept) if kept else run.open(read_only=True) as con:
        known = {row[0] for row in con.execute("select schema_name || '.' || table_name from duckdb_tables() where database_name = 'db'").fetchall()}
        parts = {name: rows(con, f"report/{statement}") if table in known else [] for name, (statement, table) in _PARTS.items()}
        reconciliation = rows(con, "cohort/reconciliation") if "cohort.reconciliation" in known else []
        ward_reconciliation = rows(con, "cohort/ward_reconciliation") if "cohort.ward_reconciliation" in known else []
        facts = _fetch(con, "from audit.run") if "audit.run" in known else []
        warnings = audit_trail.warnings(con) if "audit.gate" in known else {"warning_count": 0, "note_count": 0}
    parts["extracts"] = _standing(parts["extracts"])
    failed = [gate for gate in parts["gates"] if gate["severity"] == "critical" and not gate["is_passed"]]
    stages = {row["stage"]: json.loads(row["counts"]) for row in parts.pop("stages")}
    return {
        "run_id": run.run_id,
        "as_of_date": run.as_of,
        "is_refused": bool(failed),
        **warnings,
        "facts": facts[0] if facts else {},
        "stages": stages,
        "reconciliation": reconciliation,
        "ward_reconciliation": ward_reconciliation,
        "history": cohort.history(run.settings),
        "since_before": history.since_before(run, parts["expectations"]),
        "terms": history.terms(parts["extracts"], run.as_of),
        "purged": history.purged(run),
        "refused": refused.deliveries(run),
        **parts,
    }


def _standing(extracts: Rows) -> Rows:
    """The extracts, each with the rows that stand; of a run of an earlier version all that were accepted do."""
    return [row if "standing_count" in row else row | {"standing_count": row["accepted_count"]} for row in extracts]


def in_words(counts: dict[str, Any]) -> str:
    """Warnings and notes as every reader is told them."""
    warnings, notes = counts["warning_count"], counts["note_count"]
    return f"{warnings:,} {'warning' if warnings == 1 else 'warnings'}" + (f", {notes:,} {'note' if notes == 1 else 'notes'}" if notes else "")


def page_path(run_id: str, settings: Settings) -> Path:
    """Where the page of a run stands."""
    return settings.reports_dir / f"{run_id}.html"


def rows(con: warehouse.Connection, statement: str) -> Rows:
    """Rows of a statement in sql/, as dictionaries."""
    return _fetch(con, sql.read(statement))


def _fetch(con: warehouse.Connection, query: str) -> Rows:
    cursor = con.execute(query)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


# Part of the page: the statement that gives it, and the table without which it stays empty.
_PARTS = {
    "extracts": ("extract", "audit.extract"),
    "files": ("extract_file", "audit.extract_file"),
    "rejections": ("rejection", "audit.rejection"),
    "repairs": ("repair", "audit.repair"),
    "overtaken": ("overtaken", "audit.overtaken"),
    "overtaken_reasons": ("overtaken_reason", "audit.overtaken_reason"),
    "gates": ("gate", "audit.gate"),
    "expectations": ("expectation", "audit.expectation"),
    "trends": ("trend", "audit.trend"),
    "changes": ("change_count", "cohort.change"),
    "stages": ("stage", "audit.stage"),
    "statuses": ("status", "cohort.family"),
    "criteria": ("criterion", "cohort.household_criterion"),
    "person_sources": ("person_source", "linked.person"),
    "record_sources": ("record_source", "linked.person_record"),
}
