"""Publishes a run: a new encrypted file built beside, then the link that readers follow swapped in one step.

A reader who holds the publication before keeps reading it; a crash at any point leaves a whole publication current.
"""

import os
from pathlib import Path
from typing import Any

from pipelines import audit_trail, faults, publications, warehouse
from pipelines.errors import GateRefused
from pipelines.provenance import Run
from pipelines.settings import Settings
from schemas import audit, cohort
from schemas.table import Table

CONTRACT = (*cohort.COHORT_TABLES, *cohort.REGISTER_TABLES, *audit.TABLES)


def publish(run: Run, *, approval: str = "command_line", approved_by: str | None = None) -> dict[str, Any]:
    """Publish the run's cohort, register and audit tables as the current publication; again, with the same result, if called again.

    A run that looks from an earlier date than the current publication is published beside it, as when a past list is made again:
    readers stay with the later one.

    Args:
        run: A run whose gates have passed.
        approval: Who let it through: `automatic`, `person` or `command_line`.
        approved_by: The person's name in the system that asked, where a person approved.
    """
    _refuse_unchecked(run)
    with run.open() as con:
        audit_trail.write_run(con, run, approval, approved_by)
    settings, target = run.settings, publications.path_of(run.run_id, run.settings)
    faults.point("publish:before_copy", settings)
    draft = _build(run)
    faults.point("publish:after_copy", settings)
    _place(draft, target, settings)
    faults.point("publish:before_swap", settings)
    is_current = not _is_overtaken(run)
    if is_current:
        _swap(target)
    faults.point("publish:after_swap", settings)
    with warehouse.database(settings, target) as con:
        return {"is_current": is_current, "family_count": warehouse.count(con, cohort.FAMILY), "verified_count": warehouse.count(con, cohort.VERIFIED_FAMILIES)}


def digest(path: Path, settings: Settings) -> str:
    """SHA-256 over every row of the cohort and register tables, in the order of their keys: equal for equal cohorts."""
    with warehouse.database(settings, path) as con:
        return _digest(con, (*cohort.COHORT_TABLES, *cohort.REGISTER_TABLES))


def _refuse_unchecked(run: Run) -> None:
    """The flow never comes here past a failed gate; a task started by hand might. A stage run again forgets those after it."""
    with run.open(read_only=True) as con:
        done = {row["stage"] for row in audit_trail.fetch(con, "select stage from audit.stage")}
        checked = {f"check_{stage}" for stage in audit.CHECKED_STAGES} <= done and audit_trail.exists(con, audit.GATE)
        failed = checked and audit_trail.fetch(con, "select gate from audit.gate where severity = 'critical' and not is_passed")
    if not checked or failed:
        raise GateRefused(f"Run {run.run_id} has not passed every gate, so it is not published. Run the stages from `check_landing` on again.")


def _build(run: Run) -> Path:
    """The publication under a draft's name: closed, whole and on the disk."""
    folder = run.settings.published_dir
    for left in folder.glob(".draft-*"):
        left.unlink()
    draft = folder / f".draft-{run.run_id}.duckdb"
    with warehouse.database(run.settings, draft, read_only=False) as con:
        warehouse.attach(con, run.settings, run.path, "run")
        for table in CONTRACT:
            _copy(con, table)
        con.execute("checkpoint db")
    _sync(draft)
    return draft


def _copy(con: warehouse.Connection, table: Table) -> None:
    """Rows in the order of the key, so that two files of one run hold them alike."""
    warehouse.create(con, table)
    columns, key = (", ".join(f'"{name}"' for name in names) for names in (table.column_names, table.key))
    warehouse.append(con, table, f"select {columns} from run.{table.qualified} order by {key}")  # noqa: S608 - declared names


def _place(draft: Path, target: Path, settings: Settings) -> None:
    """Give the draft its name. A publication that is there and says the same is left alone: readers may hold it."""
    if target.exists() and _same(draft, target, settings):
        draft.unlink()
        return
    os.replace(draft, target)
    _sync(target.parent)


def _same(draft: Path, target: Path, settings: Settings) -> bool:
    tables = (*cohort.COHORT_TABLES, *cohort.REGISTER_TABLES, audit.RUN, audit.GATE, audit.EXPECTATION)
    digests = set()
    for path in (draft, target):
        with warehouse.database(settings, path) as con:
            digests.add(_digest(con, tables))
    return len(digests) == 1


def _is_overtaken(run: Run) -> bool:
    """Whether the current publication looks from a later date than the run."""
    current = publications.current_path(run.settings)
    if current is None or not current.exists():
        return False
    with warehouse.database(run.settings, current) as con:
        row = con.execute("select max(as_of_date) from audit.run").fetchone()
    return bool(row and row[0] and row[0] > run.as_of)


def _swap(target: Path) -> None:
    """Point the readers' link, relative so that the folder may move, at the publication."""
    link = target.with_name(publications.CURRENT)
    draft = target.with_name(f".draft-{publications.CURRENT}")
    draft.unlink(missing_ok=True)
    draft.symlink_to(target.name)
    os.replace(draft, link)
    _sync(link.parent)


def _digest(con: warehouse.Connection, tables: tuple[Table, ...]) -> str:
    parts = []
    for table in tables:
        key = ", ".join(f'"{name}"' for name in table.key)
        query = f"select sha256(coalesce(string_agg(sha256(to_json(t)::varchar), '' order by {key}), '')) from {table.qualified} as t"  # noqa: S608
        parts.append(str(con.execute(query).fetchall()[0][0]))
    row = con.execute("select sha256($text)", {"text": "".join(parts)}).fetchone()
    return str(row[0]) if row else ""


def _sync(path: Path) -> None:
    """Have a file, or a folder's names, on the disk before going on."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
