"""Writes one delivery's extract: built under a draft's name, then put in place whole; or refused, with its rejections kept."""

import hashlib
import json
import os
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from pipelines import receipts, warehouse
from pipelines.authority import LAYOUT_KEYS
from pipelines.errors import BadInput
from pipelines.reading import check, load, text
from pipelines.reading.check import Checked
from pipelines.reading.mapping import Mapping, Parameters
from pipelines.reading.text import Text
from pipelines.settings import Settings
from pipelines.values.file_names import shown
from schemas.authority import Profile
from schemas.extracts import RECEIPT, REJECTED, REPAIR, Contract

# What a row turns into depends on these keys of a profile and on the contract; another agreement or limit changes no row.
_KEYS_THAT_CHANGE_ROWS = set(LAYOUT_KEYS)
_DRAFT = ".draft-"
_RULES_NAMED = 3


class Counts(NamedTuple):
    """Rows of a delivery. Received is accepted and rejected together; repaired ones are accepted."""

    received: int
    accepted: int
    rejected: int
    removed: int
    repaired: int


@dataclass(frozen=True)
class Source:
    """A delivered file and what it is read by."""

    contract: Contract
    profile: Profile
    path: Path
    delivered: date
    file_sha256: str

    @cached_property
    def profile_sha256(self) -> str:
        """Hash over what decides how a file's rows are read."""
        keys = self.profile.model_dump(mode="json", include=_KEYS_THAT_CHANGE_ROWS)
        return hashlib.sha256(json.dumps([keys, repr(self.contract)], sort_keys=True).encode()).hexdigest()

    @property
    def digest(self) -> str:
        """First digits of a hash over the file and how it is read, so that a changed profile gives another extract."""
        return hashlib.sha256(f"{self.file_sha256}{self.profile_sha256}".encode()).hexdigest()[:12]

    @property
    def extract_id(self) -> str:
        """Source, delivery date and digest."""
        return f"{self.contract.source}-{self.delivered}-{self.digest}"


@dataclass(frozen=True, slots=True)
class Written:
    """An extract in place: its counts, and what to tell of it."""

    counts: Counts
    message: str


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
    """Read the file and put its extract in place. Raises BadInput for a file that cannot be read, Refusal for too many bad rows."""
    folder = settings.extracts_dir / source.contract.source
    (folder / receipts.REFUSED).mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = folder / f"{_DRAFT}{source.extract_id}.duckdb"
    in_place, refused = folder / f"{source.extract_id}.duckdb", folder / receipts.REFUSED / f"{source.extract_id}.duckdb"
    try:
        counts, checked, found = _drafted(source, draft, settings)
        if sha256(source.path) != source.file_sha256:
            raise BadInput("it changed while it was read. Wait until the transfer has ended, then run again.")
        too_many = _too_many(counts, source.profile)
        _put(draft, refused if too_many else in_place)
    finally:
        discard_drafts(source.contract.source, settings)
    if too_many:
        raise Refusal(_refusal(source, counts, checked, refused), counts)
    refused.unlink(missing_ok=True)
    return Written(counts, _told(source, counts, checked, found, in_place))


def _drafted(source: Source, draft: Path, settings: Settings) -> tuple[Counts, Checked, Text]:
    try:
        with text.read(source.path, source.profile, draft.parent) as found, warehouse.database(settings, draft, read_only=False) as con:
            return *_build(con, source, found, settings), found
    except duckdb.Error as error:
        # DuckDB's own message may hold a value from a row.
        raise BadInput(
            f"DuckDB cannot work on it ({type(error).__name__}). Check disk space and FAMILIES_MEMORY_LIMIT; otherwise report it as a bug."
        ) from None


def _build(con: warehouse.Connection, source: Source, found: Text, settings: Settings) -> tuple[Counts, Checked]:
    """Fill the draft; a file to be refused keeps its rejections and receipt only."""
    mapping = Mapping(source.contract, source.profile, found.header, found.has_dates_of_its_own, Parameters())
    read = load.load(con, found.rows, found.header)
    checked = check.check(con, mapping, source.delivered, found.delimiter)
    received = read - checked.removed
    if not received:
        raise BadInput(f"it holds a header (row {found.header.row}) but no row of anybody. Ask the supplier whether the report was run for the right dates.")
    query, parameters = check.rejected_rows(mapping)
    warehouse.create(con, REJECTED)
    warehouse.append(con, REJECTED, query, parameters)
    above = found.header.row - found.header.height
    counts = Counts(received, received - checked.rejected, checked.rejected, checked.removed + above, checked.repaired)
    if not _too_many(counts, source.profile):
        warehouse.fill(con, source.contract.table, "ingest/accepted")
    warehouse.fill(con, REPAIR, "ingest/repair")
    warehouse.fill(con, RECEIPT, "ingest/receipt", _receipt(con, source, found, counts, settings))
    con.execute("checkpoint")
    return counts, checked


def _too_many(counts: Counts, profile: Profile) -> bool:
    return counts.rejected > profile.refuse_when_rejected_share_over * counts.received


def _receipt(con: warehouse.Connection, source: Source, found: Text, counts: Counts, settings: Settings) -> dict[str, Any]:
    return {
        "extract_id": source.extract_id,
        "source": source.contract.source,
        "delivery_number": _delivery_number(source, settings),
        "file_name": shown(source.path.name),
        "file_sha256": source.file_sha256,
        "file_bytes": source.path.stat().st_size,
        "file_format": found.file_format,
        "encoding": found.encoding,
        "delimiter": found.delimiter,
        "delivered_date": source.delivered,
        "as_at_date": check.latest(con, source.contract.as_at) or source.delivered,
        **{f"{name}_count": count for name, count in counts._asdict().items()},
        "profile_sha256": source.profile_sha256,
        "agreement_id": source.profile.agreement.id,
    }


def _delivery_number(source: Source, settings: Settings) -> int:
    same_day = [path for delivered, path in receipts.extract_files(source.contract.source, settings) if delivered == source.delivered]
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


def _told(source: Source, counts: Counts, checked: Checked, found: Text, report: Path) -> str:
    parts = [f"{shown(source.path.name)}: {counts.received:,} rows received, {counts.accepted:,} accepted, {counts.rejected:,} rejected."]
    if counts.removed:
        parts.append(f"{counts.removed:,} title, blank, total or repeated-header {'row was' if counts.removed == 1 else 'rows were'} left out.")
    if counts.repaired:
        parts.append(
            f"{counts.repaired:,} of the accepted {'rows was' if counts.repaired == 1 else 'rows were'} repaired: {_first(checked.mended, 'repairs')}."
        )
    if checked.broken:
        parts.append(f"{_most(checked)} {_where(report)}")
    return " ".join([*parts, *found.remarks])


def _refusal(source: Source, counts: Counts, checked: Checked, report: Path) -> str:
    limit = source.profile.refuse_when_rejected_share_over
    return (
        f"{counts.rejected:,} of {counts.received:,} rows ({counts.rejected / counts.received:.1%}) broke a rule, more than the limit of {limit:.0%} "
        f"(refuse_when_rejected_share_over in extracts.yml). {_most(checked)} {_where(report)} "
        "The previous extract stays in use. Ask the supplier to mend the file and deliver it again, or correct the profile if the layout has changed."
    )


def _most(checked: Checked) -> str:
    return f"Most frequent: {_first([broken.message for broken in checked.broken], 'rules')}."


def _first(messages: list[str], of_what: str) -> str:
    more = f"; and {len(messages) - _RULES_NAMED} other {of_what}" if len(messages) > _RULES_NAMED else ""
    return "; ".join(messages[:_RULES_NAMED]) + more


def _where(report: Path) -> str:
    return f"The rows are in {report} (encrypted, for analysts); the rejection report for the supplier: families extracts rejections {report.stem} --out FILE."
