"""Changes put to the rows of the extract before: which earlier rows a file of changes replaces or takes away, and what becomes of each file's rows."""

from dataclasses import replace
from datetime import date
from typing import Any

import sql
from pipelines import chains, warehouse
from pipelines.reading import sets
from pipelines.reading.rows import Rows
from schemas.extracts import CONTRACTS, MAIN, PART, REASON, Contract
from schemas.extracts.changes import CHANGE_TYPE, CHANGES, DELETED, ROWS_A_FILE
from schemas.table import Table


def working_table(contract: Contract) -> Table:
    """The table that change rows are read into: of a row that only takes others away nothing but its key is needed."""
    return replace(contract.table, columns=tuple(replace(column, required=False) for column in contract.table))


def apply(con: warehouse.Connection, written: Rows, delivered: date, extract_id: str) -> Rows:
    """Fill the draft's table and `extract.part` from the extract attached as `delivered` and the change rows written, whose own table goes.

    Returns the rows with the day it all speaks of, and with what to tell of it. A row's number in the table is its number in its file,
    and ROWS_A_FILE more for each file before it.
    """
    contract, change = CONTRACTS[written.file.contract.source], written.file.contract.table
    files = [row if row["part"] != MAIN else chains.full_file(row) for row in chains.files(con)]
    for table in (contract.table, PART, REASON):
        warehouse.create(con, table)
    _carry_reasons(con, len(files))
    names = {
        "before": f"delivered.{contract.table.qualified}",
        "change": change.qualified,
        "change_type": CHANGE_TYPE.name,
        "key": ", ".join(f'"{name}"' for name in change.key),
        "same_key": " and ".join(f'before."{name}" is not distinct from told."{name}"' for name in change.key),
    }
    unmatched = _gone(con, names)
    warehouse.append(con, contract.table, sql.read("ingest/standing").format(**names))
    numbered = {"rows_before": len(files) * ROWS_A_FILE, "deleted": DELETED}
    warehouse.append(con, contract.table, sql.read("ingest/stated").format(**names), numbered)
    files = [*_after(con, files), _of_this(con, written, len(files) + 1, delivered, extract_id)]
    for row in files:
        warehouse.append(con, PART, sql.read("ingest/part"), {name: row[name] for name in PART.column_names})
    as_at = _latest(con, contract.as_at, contract.table.qualified)
    con.execute(f"drop table {change.qualified}")
    told = _told(con, chains.standing(files), len(files), unmatched)
    return replace(written, as_at=as_at, standing=chains.standing(files), found=replace(written.found, remarks=(*written.found.remarks, told)))


def _carry_reasons(con: warehouse.Connection, file_number: int) -> None:
    """Fill `extract.reason` with what the extract before tells of its own file, and carried of those before that."""
    warehouse.append(con, REASON, sql.read("ingest/earlier_reason"), {"file_number": file_number})
    if chains.has_reasons(con):
        warehouse.append(con, REASON, "from delivered.extract.reason")


def _gone(con: warehouse.Connection, names: dict[str, str]) -> int:
    """Fill `gone` with the earlier rows that stand no more; returns how many keys were to be deleted of which there was no row."""
    con.execute(sql.read("ingest/told_key").format(**names), {"deleted": DELETED})
    con.execute(sql.read("ingest/gone").format(**names))
    return int(con.execute(sql.read("ingest/unmatched_deletion").format(**names)).fetchall()[0][0])


def _after(con: warehouse.Connection, files: list[chains.Row]) -> list[chains.Row]:
    """The files so far, with the rows of theirs that have now been replaced or deleted."""
    gone = {row[0]: row[1:] for row in con.execute(sql.read("ingest/gone_count"), {"rows_a_file": ROWS_A_FILE}).fetchall()}
    counted = []
    for row in files:
        replaced, deleted = gone.get(row["file_number"], (0, 0))
        counted.append(
            row
            | {
                "replaced_count": row["replaced_count"] + replaced,
                "deleted_count": row["deleted_count"] + deleted,
                "standing_count": row["standing_count"] - replaced - deleted,
            }
        )
    return counted


def _of_this(con: warehouse.Connection, written: Rows, number: int, delivered: date, extract_id: str) -> chains.Row:
    """What is noted of the file of changes itself."""
    query = sql.read("ingest/deletion_count").format(change=written.file.contract.table.qualified, change_type=CHANGE_TYPE.name)
    deletions = int(con.execute(query, {"deleted": DELETED}).fetchall()[0][0])
    of_changes: dict[str, Any] = {"file_number": number, "part": CHANGES, "delivered_date": delivered, "extract_id": extract_id}
    counts = {"replaced_count": 0, "deleted_count": 0, "deletion_count": deletions, "standing_count": written.counts.accepted - deletions}
    return of_changes | sets.about(written) | counts


def _latest(con: warehouse.Connection, column: str | None, table: str) -> date | None:
    """The latest day a standing row speaks of, or that of the extract before, where the contract has such a column."""
    if column is None:
        return None
    days = con.execute(sql.read("ingest/latest_day").format(column=column, table=table)).fetchall()[0]
    return max((day for day in days if day), default=None)


def _told(con: warehouse.Connection, standing: int, file_count: int, unmatched: int) -> str:
    replaced, deleted = con.execute(sql.read("ingest/gone_total")).fetchall()[0]
    missed = ""
    if unmatched:
        missed = f" {unmatched:,} {'deletion is' if unmatched == 1 else 'deletions are'} of what was not there; ask the supplier whether a file is missing."
    return f"Of earlier rows {replaced:,} were replaced and {deleted:,} deleted; {standing:,} rows of {file_count} files stand.{missed}"
