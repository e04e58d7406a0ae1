"""Writes how a run came to be into its own file: what it stands on, what was checked and what came of it. Counts only."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

import sql
from expectations.vocabulary import Outcome
from pipelines import chains, extract_files, overtaken, volumes, warehouse
from pipelines.provenance import Run, UsedExtract
from schemas import audit, purposes
from schemas.extracts import RECEIPT
from schemas.extracts.changes import ROWS_A_FILE
from schemas.table import Table

_REASONS = {"rejection": audit.REJECTION, "repair": audit.REPAIR}
_CHECKED = (audit.EXPECTATION, audit.GATE)


def open_stage(con: warehouse.Connection, stage: str) -> None:
    """Make the tables of outcomes where there are none yet, and forget what an earlier attempt at the stage found."""
    for table in _CHECKED:
        if not exists(con, table):
            warehouse.create(con, table)
        con.execute(f"delete from {table.qualified} where stage = $stage", {"stage": stage})  # noqa: S608 - a declared name


def exists(con: warehouse.Connection, table: Table) -> bool:
    """Whether the run's file, the default database, holds the table."""
    found = con.execute(
        "select 1 from duckdb_tables() where database_name = current_database() and schema_name = ? and table_name = ?", [table.schema, table.name]
    )
    return bool(found.fetchall())


def write_run(con: warehouse.Connection, run: Run, approval: str | None = None, approved_by: str | None = None) -> None:
    """What the run is a function of, and how its publication was approved."""
    manifest = run.manifest
    row = {name: getattr(manifest, name) for name in audit.RUN.column_names if name not in ("run_id", "approval", "approved_by")}
    warehouse.create(con, audit.RUN)
    insert(con, audit.RUN, [{"run_id": run.run_id, **row, "approval": approval, "approved_by": approved_by}])


def write_extracts(con: warehouse.Connection, run: Run) -> None:
    """Receipts, rejections by reason, and the rows really there, of every source."""
    for table in (audit.EXTRACT, audit.EXTRACT_FILE, *_REASONS.values(), audit.TREND):
        warehouse.create(con, table)
    con.execute("create or replace temp table counted_row (source varchar, standing_count bigint, rejected_count bigint)")
    con.execute("create or replace temp table counted_file (source varchar, file_number integer, standing_count bigint)")
    rows, files = [], []
    for used in run.manifest.extracts:
        receipt: dict[str, Any] = {}
        with delivered(con, run, used) as place:
            if place:
                found = chains.files(con)
                receipt = fetch(con, "from delivered.extract.receipt")[0] | {"standing_count": chains.standing(found)}
                files += [_file(run, used, file) for file in found]
                if chains.is_changed(found):
                    by_file = {"source": used.source, "delivered": place, "rows_a_file": ROWS_A_FILE}
                    con.execute(f"insert into counted_file by name {sql.read('audit/counted_file')}", by_file)
                about = {"source": used.source, "delivered": place}
                con.execute(f"insert into counted_row by name {sql.read('audit/counted_row')}", about)
                _append_reasons(con, {"run_id": run.run_id, "source": used.source, "extract_id": str(used.extract_id)}, receipt["file_name"])
        rows.append(_extract(run, used, receipt) | _volume(run, used, receipt))
    insert(con, audit.EXTRACT, rows)
    insert(con, audit.EXTRACT_FILE, files)
    overtaken.write(con, run)


def _append_reasons(con: warehouse.Connection, about: dict[str, Any], file_name: str) -> None:
    """Why rows were rejected and repaired, of every file behind the extract attached as `delivered`, as far as it tells."""
    for name, table in _REASONS.items():
        warehouse.append(con, table, sql.read(f"audit/{name}"), about | {"file_name": file_name})
        if chains.has_reasons(con):
            warehouse.append(con, table, sql.read(f"audit/earlier_{name}"), about)


def write_outcomes(con: warehouse.Connection, run: Run, stage: str, outcomes: Iterable[Outcome]) -> None:
    """What became of each expectation."""
    insert(con, audit.EXPECTATION, [{"run_id": run.run_id, "stage": stage, **asdict(outcome)} for outcome in outcomes])


def warnings(con: warehouse.Connection, stage: str | None = None) -> dict[str, int]:
    """How many warnings and notes there are in the run's file or a publication, at a stage or at all of them."""
    rows = [row for row in fetch(con, sql.read("audit/warning")) if stage in (None, row["stage"])]
    return {name: sum(row[name] for row in rows) for name in ("warning_count", "note_count")}


@contextmanager
def delivered(con: warehouse.Connection, run: Run, used: UsedExtract) -> Iterator[str | None]:
    """A source's extract attached as `delivered` while the block runs, as the name of its table; None when there is none."""
    path = run.extract_path(used.source)
    if path is None:
        yield None
        return
    with extract_files.attached(con, run.settings, path, "delivered"):
        yield f"delivered.extract.{used.source}"


def parts(con: warehouse.Connection) -> list[str]:
    """The further tables that the set attached as `delivered` filled; none where the delivery was no set."""
    return sorted({file["part"] for file in chains.files(con)} - chains.OF_NO_SET)


def tables(con: warehouse.Connection) -> set[str]:
    """Names of the tables in the extract attached as `delivered`, views of an earlier version's among them."""
    found = con.execute("select distinct table_name from duckdb_columns() where database_name = 'delivered' and schema_name = 'extract'").fetchall()
    return {row[0] for row in found}


def insert(con: warehouse.Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert rows given as dicts; columns left out are null."""
    if rows:
        con.execute(f"insert into {table.qualified} by name select unnest($rows, recursive := true)", {"rows": rows})


def fetch(con: warehouse.Connection, query: str, parameters: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """A query's rows as dicts."""
    answer = con.execute(query, parameters or {})
    names = [column[0] for column in answer.description or []]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def _file(run: Run, used: UsedExtract, file: dict[str, Any]) -> dict[str, Any]:
    """One of the files behind an extract, as the audit tells it."""
    told = {name: file.get(name) for name in audit.EXTRACT_FILE.column_names}
    return told | {"run_id": run.run_id, "source": used.source, "extract_id": used.extract_id, "delivered_as": file["extract_id"]}


def _extract(run: Run, used: UsedExtract, receipt: dict[str, Any]) -> dict[str, Any]:
    profile = run.authority.profiles.of(used.source)
    delivered_date = receipt.get("delivered_date")
    from_receipt = {*RECEIPT.column_names, "standing_count"} & set(audit.EXTRACT.column_names)
    return {name: receipt.get(name) for name in audit.EXTRACT.column_names if name in from_receipt} | {
        "run_id": run.run_id,
        "source": used.source,
        "extract_id": used.extract_id,
        "age_days": (run.as_of - delivered_date).days if delivered_date else None,
        "is_stale": used.is_stale,
        "stale_after_days": profile.stale_after_days,
        "supplier": profile.supplier,
        "controller": profile.controller,
        "agreement_id": receipt.get("agreement_id") or profile.agreement.id,
        "agreement_expires_date": profile.agreement.expires,
        **_terms(run, used, delivered_date or used.delivered_date),
    }


def _terms(run: Run, used: UsedExtract, delivered: date | None) -> dict[str, Any]:
    """When the next delivery is due, how long this one may be kept, and where its rows may go."""
    profiles, calendar = run.authority.profiles, run.authority.profiles.of(used.source).calendar
    return {
        "next_due_date": delivered + timedelta(days=calendar.every_days + calendar.grace_days) if delivered and calendar else None,
        "kept_until_date": purposes.last_day(delivered, profiles.keep_days(used.source)) if delivered else None,
        "allowed_outputs": ", ".join(profiles.outputs(used.source)),
    }


def _volume(run: Run, used: UsedExtract, receipt: dict[str, Any]) -> dict[str, Any]:
    volume = run.authority.profiles.of(used.source).volume
    before = volumes.before(run, used)
    return {
        "previous_extract_id": before["extract_id"] if before else None,
        "previous_accepted_count": before["standing_count"] if before else None,
        "warn_fall": volume.warn_fall,
        "refuse_fall": volume.refuse_fall,
        "is_fall_allowed": bool(receipt) and volume.allows(receipt["delivered_date"], receipt["file_sha256"]),
    }
