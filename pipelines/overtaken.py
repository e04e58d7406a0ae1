"""Accepted deliveries that a run does not stand on: between two lists several may come, and an auditor must hear of each, not of the last alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sql
from pipelines import chains, extract_files, receipts, warehouse
from pipelines.provenance import Run, UsedExtract
from schemas import audit

Row = dict[str, Any]

_REASONS = {"rejected": "ingest/rejections", "repaired": "ingest/repairs"}


@dataclass
class Told:
    """What the last publication told: rows of audit.overtaken, and every extract that it named; none of either where it is of an earlier version."""

    overtaken: list[Row] = field(default_factory=list)
    extract_ids: set[str] = field(default_factory=set)
    is_complete: bool = True


def write(con: warehouse.Connection, run: Run) -> None:
    """Fill audit.overtaken and audit.overtaken_reason; audit.extract_file of the run is there already.

    What an earlier publication told is carried, so that no extract is read twice; a delivery is new when none told it.
    """
    tables = (audit.OVERTAKEN, audit.OVERTAKEN_REASON)
    for table in tables:
        warehouse.create(con, table)
    told = _told_before(con, run)
    for used in run.manifest.extracts:
        for path in _left(con, run, used):
            about = {"run_id": run.run_id, "source": used.source, "extract_id": path.stem, "overtaken_by": used.extract_id}
            carried = [row for row in told.overtaken if row["extract_id"] == path.stem]
            found = [row | about | {"is_new": False} for row in carried] or _read(con, run, path, about | {"is_new": _is_new(path, run, told)})
            _insert(con, audit.OVERTAKEN.qualified, found)


def _left(con: warehouse.Connection, run: Run, used: UsedExtract) -> list[Path]:
    """Files of the source's extracts delivered by the as-of date that neither are in use nor made to what is, the first delivered first."""
    in_use = {row[0] for row in con.execute("select delivered_as from audit.extract_file where source = ?", [used.source]).fetchall()} | {used.extract_id}
    there = receipts.extract_files(used.source, run.settings) if used.extract_id else []
    return [path for delivered, path in there if delivered <= run.as_of and path.stem not in in_use]


def _is_new(path: Path, run: Run, told: Told) -> bool:
    """Whether no publication told of the extract; one of an earlier version is taken to have told of all that were delivered by its day."""
    if path.stem in told.extract_ids:
        return False
    return told.is_complete or receipts.delivered_date(path).isoformat() > str(run.manifest.previous_run_id)[:10]


def _read(con: warehouse.Connection, run: Run, path: Path, about: Row) -> list[Row]:
    """The rows of one extract, with its reasons put where they belong if it is new; of changes, those of their own file, for the earlier have extracts too."""
    with extract_files.attached(con, run.settings, path, "delivered"):
        receipt = _fetch(con, sql.read("ingest/receipts"))[0]
        files = [file for file in chains.files(con) if file["extract_id"] in (None, path.stem)]
        if about["is_new"]:
            _insert(con, audit.OVERTAKEN_REASON.qualified, [row for fate in _REASONS for row in _reasons(con, fate, about)])
    days = {name: receipt[name] for name in ("delivered_date", "as_at_date")}
    return [{name: file.get(name) for name in audit.OVERTAKEN.column_names} | about | days for file in files]


def _reasons(con: warehouse.Connection, fate: str, about: Row) -> Iterator[Row]:
    for row in _fetch(con, sql.read(_REASONS[fate])):
        known = {name: row[name] for name in ("source", "extract_id", "file_name", "rule", "column_name", "reason")}
        yield known | {"run_id": about["run_id"], "fate": fate, "row_count": row[f"{fate}_count"]}


def _told_before(con: warehouse.Connection, run: Run) -> Told:
    if run.previous_path is None:
        return Told()
    if not run.previous_path.exists():
        return Told(is_complete=False)
    with _previous(con, run) as known:
        if audit.OVERTAKEN.name not in known:
            return Told(is_complete=False)
        rows = _fetch(con, f"from previous.{audit.OVERTAKEN.qualified}")
        named = "select extract_id from previous.audit.extract union select delivered_as from previous.audit.extract_file"
        return Told(rows, {row["extract_id"] for row in (*rows, *_fetch(con, named))})


@contextmanager
def _previous(con: warehouse.Connection, run: Run) -> Iterator[set[str]]:
    """The last publication attached as `previous` while the block runs; names of the audit's tables in it."""
    assert run.previous_path is not None  # noqa: S101 - asked only where there is one
    warehouse.attach(con, run.settings, run.previous_path, "previous")
    try:
        found = con.execute("select table_name from duckdb_tables() where database_name = 'previous' and schema_name = 'audit'").fetchall()
        yield {row[0] for row in found}
    finally:
        con.execute("detach previous")


def _insert(con: warehouse.Connection, table: str, rows: list[Row]) -> None:
    if rows:
        con.execute(f"insert into {table} by name select unnest($rows, recursive := true)", {"rows": rows})


def _fetch(con: warehouse.Connection, query: str) -> list[Row]:
    cursor = con.execute(query)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
