"""One file's rows into a draft: read, checked, and each kept as accepted, repaired or rejected; apart because a delivery may be a set of files."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

import sql
from pipelines import warehouse
from pipelines.authority import LAYOUT_KEYS, PLACE_KEYS
from pipelines.errors import NO_ROWS, BadInput
from pipelines.limits import Limits
from pipelines.reading import check, load
from pipelines.reading.check import Checked
from pipelines.reading.mapping import Mapping, Parameters
from pipelines.reading.text import Text
from pipelines.values.file_names import shown
from schemas.extracts import REJECTED, REPAIR, Contract
from schemas.profile import Profile

# What a row turns into depends on these keys of a profile and on the contract; another agreement or limit changes no row.
_KEYS_THAT_CHANGE_ROWS = set(LAYOUT_KEYS)


class Counts(NamedTuple):
    """Rows of a file or a delivery. Received is accepted and rejected together; repaired ones are accepted."""

    received: int
    accepted: int
    rejected: int
    removed: int
    repaired: int

    def with_those_of(self, other: "Counts") -> "Counts":
        """The sum of both."""
        return Counts(*(mine + others for mine, others in zip(self, other, strict=True)))


@dataclass(frozen=True, slots=True)
class File:
    """A delivered file and what it is read by; `number` is its place among the further files of a set, 0 for a main file."""

    contract: Contract
    profile: Profile
    path: Path
    sha256: str
    number: int = 0

    @property
    def name(self) -> str:
        """Its name as it may be shown."""
        return shown(self.path.name)

    @property
    def read_by(self) -> list[object]:
        """What decides how its rows are read."""
        keys = self.profile.model_dump(mode="json", include=_KEYS_THAT_CHANGE_ROWS)
        # A place that is not told was not told before there were keys for it.
        return [{key: value for key, value in keys.items() if key not in PLACE_KEYS or value is not None}, repr(self.contract)]


@dataclass(frozen=True, slots=True)
class Rows:
    """What became of a file's rows, and what was found out about the file."""

    file: File
    counts: Counts
    checked: Checked
    found: Text
    as_at: date | None
    """The latest day its accepted rows speak of, where the contract has such a column."""
    standing: int | None = None
    """Of a file of changes: how many rows stand after it, those of earlier files among them."""

    @property
    def are_too_bad(self) -> bool:
        """Whether more were rejected than the profile lets pass."""
        return self.counts.rejected > self.file.profile.refuse_when_rejected_share_over * self.counts.received


def write(con: warehouse.Connection, file: File, found: Text, delivered: date, limits: Limits) -> Rows:
    """Append the file's rows to the draft's tables; of a file with too many bad rows, the rejections only. Raises BadInput for one without rows."""
    mapping = Mapping(file.contract, file.profile, found.header, found.has_dates_of_its_own, Parameters(), day_zero=found.day_zero)
    read = load.load(con, found.rows, found.header, found.batches, limits)
    checked = check.check(con, mapping, delivered)
    received = read - checked.removed
    # A week in which nothing changed is told by a file without rows.
    if not received and not file.contract.changes_by and not file.contract.may_be_empty:
        raise BadInput(
            f"it holds a header (row {found.header.row}) but no row of anybody. Ask the supplier whether the report was run for the right dates.", rule=NO_ROWS
        )
    above = found.header.row - found.header.height
    counts = Counts(received, received - checked.rejected, checked.rejected, checked.removed + above, checked.repaired)
    rows = Rows(file, counts, checked, found, check.latest(con, file.contract.as_at))
    query, parameters = check.rejected_rows(mapping, file.name)
    warehouse.append(con, REJECTED, query, parameters)
    if not rows.are_too_bad:
        numbered, order = (f", {file.number}::integer as file_number", "") if file.number else ("", "order by source_row")
        warehouse.append(con, file.contract.table, sql.read("ingest/accepted").format(file_number=numbered, in_order=order))
    warehouse.append(con, REPAIR, sql.read("ingest/repair"), {"file_name": file.name})
    return rows
