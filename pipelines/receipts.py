"""What was delivered and what became of it: receipts and rejections, for the command line and the reports."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import sql
from pipelines import chains, warehouse
from pipelines.errors import WrongUsage
from pipelines.settings import Settings
from schemas.staging import DELIVERED_SOURCES

REFUSED = "refused"

_NAME = re.compile(rf"(?P<source>{'|'.join(DELIVERED_SOURCES)})-(?P<delivered>\d{{4}}-\d{{2}}-\d{{2}})-(?P<sha>[0-9a-f]{{12}})")

Row = dict[str, Any]

_OF_A_FILE = (
    *("part", "file_name", "file_sha256", "file_bytes", "file_format", "encoding"),
    *("received_count", "accepted_count", "rejected_count", "repaired_count", "removed_count"),
    *("replaced_count", "deleted_count", "deletion_count", "standing_count", "delivered_date", "extract_id"),
)


def extract_files(source: str, settings: Settings) -> list[tuple[date, Path]]:
    """The source's accepted extracts with their delivery dates, oldest first."""
    folder = settings.extracts_dir / source
    found = [(match, path) for path in folder.glob("*.duckdb") if (match := _NAME.fullmatch(path.stem))]
    return sorted((date.fromisoformat(match["delivered"]), path) for match, path in found)


def delivered_date(path: Path) -> date:
    """The day an extract was delivered, from its file's name."""
    match = _NAME.fullmatch(path.stem)
    if match is None:
        raise ValueError(f"{path.stem} is not an extract's id")
    return date.fromisoformat(match["delivered"])


def receipts(settings: Settings) -> list[Row]:
    """Every receipt with its outcome, `accepted` or `refused`, and the extract that replaced it, if any; by source, period and order of ingest.

    A later statement of the same day replaces an earlier one, and a late one takes its place by the day it speaks of. Nothing in it is personal.
    """
    rows = [row | {"outcome": outcome, "replaced_by": None} for outcome, row in _from_all(settings, "ingest/receipts")]
    rows.sort(key=lambda row: (DELIVERED_SOURCES.index(row["source"]), *place(row), row["extract_id"]))
    newest: dict[tuple[str, date], str] = {}
    for row in reversed(rows):
        if row["outcome"] == "accepted":
            row["replaced_by"] = newest.get((row["source"], row["as_at_date"]))
            newest.setdefault((row["source"], row["as_at_date"]), row["extract_id"])
    return rows


def place(receipt: Row) -> tuple[date, date, int]:
    """A delivery's place among its source's: the day it speaks of, the day it came, and its number that day. The greatest is the newest."""
    return receipt["as_at_date"], receipt["delivered_date"], receipt["delivery_number"]


def find(extract_id: str, settings: Settings) -> Row:
    """The receipt of an extract or of a refused file. Raises WrongUsage when there is none."""
    return receipt(_path(extract_id, settings), settings)


def rejections(settings: Settings) -> list[Row]:
    """Rejected rows by extract and reason, counted: extract_id, outcome, rule, column_name, reason, rejected_count. Nothing in it is personal."""
    rows = [{"extract_id": row.pop("extract_id"), "outcome": outcome, **row} for outcome, row in _from_all(settings, "ingest/rejections")]
    return sorted(rows, key=lambda row: (row["extract_id"], -row["rejected_count"], row["rule"], row["column_name"]))


def repairs(settings: Settings) -> list[Row]:
    """Repaired values by extract and reason, counted: extract_id, outcome, rule, column_name, reason, repaired_count. Nothing in it is personal."""
    rows = [{"extract_id": row.pop("extract_id"), "outcome": outcome, **row} for outcome, row in _from_all(settings, "ingest/repairs")]
    return sorted(rows, key=lambda row: (row["extract_id"], -row["repaired_count"], row["rule"], row["column_name"]))


def refused(settings: Settings, statement: str) -> list[Row]:
    """What a statement of sql/ingest tells of every file that was read and refused."""
    return [row for _, row in _told(settings, statement, _refused_paths(settings))]


def repair_rows(extract_id: str, settings: Settings) -> list[Row]:
    """The repairs of an extract with the values before and after: for analysts only. Raises WrongUsage when there is no such extract."""
    with warehouse.connection(settings) as con:
        warehouse.attach(con, settings, _path(extract_id, settings), "delivered")
        return _fetch(con, sql.read("ingest/repair_rows"))


def rejection_rows(extract_id: str, settings: Settings) -> list[Row]:
    """The rejected rows of an extract or of a refused file, with the values as delivered: for analysts only. Raises WrongUsage when there is none."""
    with warehouse.connection(settings) as con:
        warehouse.attach(con, settings, _path(extract_id, settings), "delivered")
        return _fetch(con, sql.read("ingest/rejection_rows"))


def files(extract_id: str, settings: Settings) -> list[Row]:
    """Every file an extract came from, the main or the full one first: part, name, hash, size and counts. Nothing in it is personal.

    Raises WrongUsage for an unknown extract.
    """
    with warehouse.connection(settings) as con:
        warehouse.attach(con, settings, _path(extract_id, settings), "delivered")
        return [{name: row[name] for name in _OF_A_FILE} for row in chains.files(con)]


def receipt(path: Path, settings: Settings) -> Row:
    """The receipt in one extract's file."""
    with reader(settings) as read:
        return read(path)


@contextmanager
def reader(settings: Settings) -> Iterator[Callable[[Path], Row]]:
    """Reads the receipts of one extract file after the other, over one connection, for opening one takes longer than reading.

    Each with the rows that stand (standing_count), and whether files of changes are among its files (is_changed).
    """
    with warehouse.connection(settings) as con:

        def read(path: Path) -> Row:
            warehouse.attach(con, settings, path, "delivered")
            try:
                found = chains.files(con)
                return _fetch(con, sql.read("ingest/receipts"))[0] | {"standing_count": chains.standing(found), "is_changed": chains.is_changed(found)}
            finally:
                con.execute("detach delivered")

        yield read


def _from_all(settings: Settings, statement: str) -> Iterator[tuple[str, Row]]:
    """The statement's rows in every extract and refused file."""
    accepted = [("accepted", path) for source in DELIVERED_SOURCES for _, path in extract_files(source, settings)]
    yield from _told(settings, statement, [*accepted, *_refused_paths(settings)])


def _refused_paths(settings: Settings) -> list[tuple[str, Path]]:
    return [(REFUSED, path) for source in DELIVERED_SOURCES for path in sorted((settings.extracts_dir / source / REFUSED).glob("*.duckdb"))]


def _told(settings: Settings, statement: str, paths: list[tuple[str, Path]]) -> Iterator[tuple[str, Row]]:
    if not paths:
        return
    with warehouse.connection(settings) as con:
        for outcome, path in paths:
            warehouse.attach(con, settings, path, "delivered")
            for row in _fetch(con, sql.read(statement)):
                yield outcome, row
            con.execute("detach delivered")


def _path(extract_id: str, settings: Settings) -> Path:
    match = _NAME.fullmatch(extract_id)
    folder = settings.extracts_dir / (match["source"] if match else "")
    for path in (folder / f"{extract_id}.duckdb", folder / REFUSED / f"{extract_id}.duckdb"):
        if match and path.exists():
            return path
    raise WrongUsage(f"There is no extract '{extract_id}' in {settings.extracts_dir}. `families extracts` lists them.")


def _fetch(con: warehouse.Connection, query: str) -> list[Row]:
    cursor = con.execute(query)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
