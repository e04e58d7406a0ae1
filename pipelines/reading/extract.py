"""Writes one delivery's extract: built under a draft's name, then put in place whole; or refused, with its rejections kept."""

import hashlib
import json
import os
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from pathlib import Path
from typing import Any

import duckdb

from pipelines import receipts, warehouse
from pipelines.errors import BadInput
from pipelines.limits import Limits
from pipelines.reading import changes, rows, sets, text
from pipelines.reading.check import Checked
from pipelines.reading.rows import Counts, File, Rows
from pipelines.settings import Settings
from pipelines.values.text import counted
from schemas.extracts import PARTS, RECEIPT, REJECTED, REPAIR

_DRAFT = ".draft-"
_RULES_NAMED = 3


@dataclass(frozen=True)
class Source:
    """A delivery: its main file, the further files of a set, and the day it came."""

    source: str
    main: File
    delivered: date
    parts: tuple[File, ...] = ()
    builds_on: Path | None = None
    """Of a file of changes: the extract that the files before it came to."""
    again: int = 0
    """How many extracts of the same day have the same content, others having come between."""

    @property
    def files(self) -> tuple[File, ...]:
        """All files, the main one first."""
        return (self.main, *self.parts)

    @cached_property
    def profile_sha256(self) -> str:
        """Hash over what decides how the files' rows are read."""
        read_by = self.main.read_by if not self.parts else [file.read_by for file in self.files]
        return hashlib.sha256(json.dumps(read_by, sort_keys=True).encode()).hexdigest()

    @property
    def digest(self) -> str:
        """First digits of a hash over the files and how they are read, so that a changed profile gives another extract."""
        before = self.builds_on.stem.rpartition("-")[2] if self.builds_on else ""
        again = f" again {self.again}" if self.again else ""
        return hashlib.sha256(f"{before}{''.join(file.sha256 for file in self.files)}{self.profile_sha256}{again}".encode()).hexdigest()[:12]

    @property
    def extract_id(self) -> str:
        """Source, delivery date and digest."""
        return f"{self.source}-{self.delivered}-{self.digest}"


@dataclass(frozen=True, slots=True)
class Written:
    """An extract in place: the counts of the delivered files, and what to tell of it."""

    counts: Counts
    message: str
    standing: int | None
    """Rows that stand after a file of changes."""


class Refusal(BadInput):
    """A file refused for its share of bad rows."""

    def __init__(self, message: str, counts: Counts) -> None:
        super().__init__(message)
        self.counts = counts


def sha256(path: Path) -> str:
    """SHA-256 of the file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def discard_drafts(source: str, settings: Settings) -> None:
    """Remove what a broken-off ingest left."""
    for draft in (settings.extracts_dir / source).glob(f"{_DRAFT}*"):
        draft.unlink()


def write(source: Source, settings: Settings) -> Written:
    """Read the files and put their extract in place. Raises BadInput for a file that cannot be read, Refusal for too many bad rows."""
    folder = settings.extracts_dir / source.source
    (folder / receipts.REFUSED).mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = folder / f"{_DRAFT}{source.extract_id}.duckdb"
    in_place, refused = folder / f"{source.extract_id}.duckdb", folder / receipts.REFUSED / f"{source.extract_id}.duckdb"
    try:
        written = _drafted(source, draft, settings)
        if any(sha256(file.path) != file.sha256 for file in source.files):
            raise BadInput("it changed while it was read. Wait until the transfer has ended, then run again.")
        bad = next((each for each in written if each.are_too_bad), None)
        _put(draft, refused if bad else in_place)
    finally:
        discard_drafts(source.source, settings)
    counts = reduce(Counts.with_those_of, (each.counts for each in written))
    if bad:
        raise Refusal(_refusal(source, bad, refused), counts)
    refused.unlink(missing_ok=True)
    return Written(counts, " ".join(_told(each, in_place) for each in written), written[0].standing)


def _drafted(source: Source, draft: Path, settings: Settings) -> list[Rows]:
    try:
        with warehouse.database(settings, draft, read_only=False) as con:
            return _build(con, source, draft.parent, settings)
    except duckdb.Error as error:
        # DuckDB's own message may hold a value from a row.
        raise BadInput(
            f"DuckDB cannot work on it ({type(error).__name__}). Check disk space and FAMILIES_MEMORY_LIMIT; otherwise report it as a bug."
        ) from None


def _build(con: warehouse.Connection, source: Source, scratch: Path, settings: Settings) -> list[Rows]:
    """Fill the draft; a delivery to be refused keeps its rejections and receipt only."""
    main = changes.working_table(source.main.contract) if source.builds_on else source.main.contract.table
    for table in (REJECTED, REPAIR, main, *(contract.table for contract in PARTS.get(source.source, {}).values() if source.parts)):
        warehouse.create(con, table)
    written = []
    for file in source.files:
        written.append(_read(con, source, file, scratch, settings))
        if written[-1].are_too_bad:
            break
    if source.builds_on and not written[0].are_too_bad:
        warehouse.attach(con, settings, source.builds_on, "delivered")
        written = [changes.apply(con, written[0], source.delivered, source.extract_id)]
    if source.parts:
        standing = None
        if not any(each.are_too_bad for each in written):
            standing = sets.fill_summary(con, source.source, source.delivered, {file.contract.table.name for file in source.parts})
        sets.fill_parts(con, written[1:], standing)
    warehouse.fill(con, RECEIPT, "ingest/receipt", _receipt(source, written, settings))
    con.execute("checkpoint")
    return written


def _read(con: warehouse.Connection, source: Source, file: File, scratch: Path, limits: Limits) -> Rows:
    try:
        with text.read(file.path, file.profile, scratch, limits) as found:
            return rows.write(con, file, found, source.delivered, limits)
    except BadInput as refusal:
        if file is source.main:
            raise
        raise BadInput(f"{file.name}, which belongs to it: {refusal}", rule=refusal.rule) from None


def _receipt(source: Source, written: list[Rows], settings: Settings) -> dict[str, Any]:
    """What is noted of the delivery; its statements hold for the latest day that any of its files speaks of."""
    return {
        "extract_id": source.extract_id,
        "source": source.source,
        "delivery_number": _delivery_number(source, settings),
        **sets.about(written[0]),
        "delivered_date": source.delivered,
        "as_at_date": max((each.as_at for each in written if each.as_at), default=source.delivered),
        "profile_sha256": source.profile_sha256,
        "agreement_id": source.main.profile.agreement.id,
    }


def _delivery_number(source: Source, settings: Settings) -> int:
    same_day = [path for delivered, path in receipts.extract_files(source.source, settings) if delivered == source.delivered]
    if not same_day:
        return 1
    with receipts.reader(settings) as read:
        return max(int(read(path)["delivery_number"]) for path in same_day) + 1


def _put(draft: Path, target: Path) -> None:
    """Put a finished file in place so that even a power cut leaves either all of it or nothing."""
    for path in (draft, draft.parent):
        _sync(path)
    os.replace(draft, target)
    _sync(target.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _told(written: Rows, report: Path) -> str:
    counts, checked = written.counts, written.checked
    parts = [f"{written.file.name}: {counts.received:,} rows received, {counts.accepted:,} accepted, {counts.rejected:,} rejected."]
    if counts.removed:
        parts.append(f"{counts.removed:,} title, blank, total or repeated-header {'row was' if counts.removed == 1 else 'rows were'} left out.")
    if counts.repaired:
        parts.append(f"{counts.repaired:,} of the accepted {'rows was' if counts.repaired == 1 else 'rows were'} repaired: {_first(checked.mended, 'repair')}.")
    if checked.broken:
        parts.append(f"{_most(checked)} {_where(report)}")
    return " ".join([*parts, *written.found.remarks])


def _refusal(source: Source, bad: Rows, report: Path) -> str:
    limit, counts = bad.file.profile.refuse_when_rejected_share_over, bad.counts
    which = "" if bad.file is source.main else f"in {bad.file.name}, which belongs to it, "
    return (
        f"{which}{counts.rejected:,} of {counts.received:,} rows ({counts.rejected / counts.received:.1%}) broke a rule, more than the limit of {limit:.0%} "
        f"(refuse_when_rejected_share_over in extracts.yml). {_most(bad.checked)} {_where(report)} "
        "The previous extract stays in use. Ask the supplier to mend the file and deliver it again, or correct the profile if the layout has changed."
    )


def _most(checked: Checked) -> str:
    return f"Most frequent: {_first([broken.message for broken in checked.broken], 'rule')}."


def _first(messages: list[str], of_what: str) -> str:
    others = len(messages) - _RULES_NAMED
    more = f"; and {counted(others, f'other {of_what}')}" if others > 0 else ""
    return "; ".join(messages[:_RULES_NAMED]) + more


def _where(report: Path) -> str:
    return f"The rows are in {report} (encrypted, for analysts); the rejection report for the supplier: families extracts rejections {report.stem} --out FILE."
