"""Publishes a run: a new encrypted file built beside, then the link that readers follow swapped in one step.

A reader who holds the publication before keeps reading it; a crash at any point leaves a whole publication current.
"""

import os
from pathlib import Path
from typing import Any

from pipelines import audit_trail, decisions, faults, provenance, publications, warehouse, withholding
from pipelines.errors import GateRefused, Unnoted, WrongUsage
from pipelines.provenance import Run
from pipelines.settings import Settings
from schemas import audit, cohort
from schemas.table import Table

CONTRACT = (*cohort.COHORT_TABLES, *cohort.REGISTER_TABLES, *audit.TABLES)

_BY_HAND = "command_line"
_FAILED = "select gate from audit.gate where severity = 'critical' and not is_passed and stage <> 'publication'"
_SUPPRESSED_SINCE = {
    "stage": audit.PUBLICATION,
    "gate": "suppressed_since",
    "description": "No household on the list has been suppressed since the run began.",
    "severity": "critical",
}


def publish(run: Run, *, approval: str = _BY_HAND, approved_by: str | None = None) -> dict[str, Any]:
    """Publish the run's cohort, register and audit tables as the current publication; again, with the same result, if called again.

    A run that looks from an earlier date than the current publication, or from the same date without following on it, is published beside it:
    readers stay with the current one. A run published before is put in place anew, its publication left as it is.

    Args:
        run: A run whose gates have passed.
        approval: Who let it through: `automatic`, `person` or `command_line`.
        approved_by: The person's name in the system that asked, where a person approved.

    Raises:
        GateRefused: A gate has not passed, or a household on the list has been suppressed since the run began.
    """
    _refuse_unchecked(run)
    settings, target = run.settings, publications.path_of(run.run_id, run.settings)
    is_current = publications.overtaken_by(run) is None
    if is_current:
        _refuse_suppressed(run)
    if not _is_built(run, approval, approved_by):
        with run.open() as con:
            audit_trail.write_run(con, run, approval, approved_by)
        faults.point("publish:before_copy", settings)
        draft = _build(run)
        faults.point("publish:after_copy", settings)
        _place(draft, target, settings)
    faults.point("publish:before_swap", settings)
    if is_current:
        _swap(target)
    faults.point("publish:after_swap", settings)
    with warehouse.database(settings, target) as con:
        return {"is_current": is_current, "family_count": warehouse.count(con, cohort.FAMILY), "verified_count": warehouse.count(con, cohort.VERIFIED_FAMILIES)}


def stands(run: Run) -> bool:
    """Whether the run's publication is there and readers see it, or rightly see another."""
    is_current = publications.current_run_id(run.settings) == run.run_id
    return publications.path_of(run.run_id, run.settings).exists() and (is_current or publications.overtaken_by(run) is not None)


def restore(run_id: str, reason: str, decided_by: str, settings: Settings) -> dict[str, Any]:
    """Make an earlier publication current again, and record who did it, when and why.

    Raises:
        WrongUsage: There is no such publication, it is current already, or no reason is given.
        GateRefused: It would bring back a household that has been suppressed since.
    """
    target, current = publications.existing(run_id, settings), publications.current_run_id(settings)
    if current == run_id:
        raise WrongUsage(f"The publication of run {run_id} is current already; nothing was changed.")
    through = (publications.facts(run_id, settings) or {})["decisions_through"]
    with warehouse.database(settings, target) as con:
        count = withholding.suppressed_since(con, through, settings)
    if count:
        raise GateRefused(
            f"The publication of run {run_id} is not put back: it lists {count:,} household(s) suppressed since it was made. Readers keep the list they have. "
            "Run `families refresh` for a list without them."
        )
    try:
        number = decisions.restore(run_id, current or "", reason, decided_by, settings)
    except Unnoted:
        _swap(target)  # it is recorded, so it is done too
        raise
    _swap(target)
    return {"run_id": run_id, "in_place_of": current, "decision_id": number}


def digest(path: Path, settings: Settings) -> str:
    """SHA-256 over every row of the cohort and register tables, in the order of their keys: equal for equal cohorts."""
    with warehouse.database(settings, path) as con:
        return _digest(con, (*cohort.COHORT_TABLES, *cohort.REGISTER_TABLES))


def _refuse_unchecked(run: Run) -> None:
    """The flow never comes here past a failed gate; a task started by hand might. A stage run again forgets those after it."""
    with run.open(read_only=True) as con:
        done = {row["stage"] for row in audit_trail.fetch(con, "select stage from audit.stage")}
        checked = {f"check_{stage}" for stage in audit.CHECKED_STAGES} <= done and audit_trail.exists(con, audit.GATE)
        failed = checked and audit_trail.fetch(con, _FAILED)
    if not checked or failed:
        raise GateRefused(f"Run {run.run_id} has not passed every gate, so it is not published. Run the stages from `check_landing` on again.")


def _refuse_suppressed(run: Run) -> None:
    """The run knows the decisions made before it began; between then and now a family may have been hidden, and approval may come days later."""
    with run.open() as con:
        count = withholding.suppressed_since(con, run.manifest.decisions_through, run.settings)
        audit_trail.open_stage(con, audit.PUBLICATION)
        audit_trail.insert(con, audit.GATE, [_SUPPRESSED_SINCE | {"run_id": run.run_id, "offender_count": count, "is_passed": not count}])
    if count:
        raise GateRefused(
            f"Run {run.run_id} is not published: {count:,} household(s) on its list have been suppressed since it began. Readers keep the list they have. "
            f"Refresh again, so that the suppression is applied: families refresh --as-of {run.as_of}"
        )


def _is_built(run: Run, approval: str, approved_by: str | None) -> bool:
    """Whether the publication is there, whole, and needs no note of another approval; a command by hand leaves the note that is there."""
    made = publications.facts(run.run_id, run.settings) if "publish" in provenance.finished_stages(run) else None
    return made is not None and (approval == _BY_HAND or (made["approval"], made["approved_by"]) == (approval, approved_by))


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
