"""How a supplier writes its files, as `extracts.yml` tells it; apart from the rest of an authority because reading a file needs nothing else."""

import re
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from schemas import purposes

Share = Annotated[float, Field(ge=0, le=1)]


class Strict(BaseModel):
    """A part of a configuration file: unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


FILL_IN = "FILL IN"
"""What stands in a proposed profile where only the council can say what belongs there."""
NO_AGREEMENT = date(1900, 1, 1)
"""The end of the agreement in a proposed profile: it refuses every delivery until the real one is filled in."""


class Agreement(Strict):
    """The sharing agreement a delivery rests on."""

    id: str
    expires: date
    ends_use: bool = False
    """Whether extracts delivered under it may stand behind no list as of a later day; the contract says so of some sources whatever stands here."""


def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise ValueError(f"is not a regular expression: {error}") from None


class Volume(Strict):
    """How far the accepted rows may fall below those of the extract the last publication stood on."""

    warn_fall: Share = 0.2
    refuse_fall: Share = 0.5
    allowed_falls: tuple[date | Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")], ...] = ()
    """Deliveries that may fall all the same, by day of delivery or SHA-256 of the file."""

    @model_validator(mode="after")
    def _warns_before_it_refuses(self) -> "Volume":
        if self.warn_fall > self.refuse_fall:
            raise ValueError("warn_fall must not exceed refuse_fall")
        return self

    def allows(self, delivered: date, sha256: str) -> bool:
        """Whether the analyst allowed this very delivery to hold fewer rows."""
        return delivered in self.allowed_falls or sha256 in self.allowed_falls


class Calendar(Strict):
    """When a supplier's deliveries are due."""

    every_days: int = Field(gt=0)
    grace_days: int = Field(default=0, ge=0)
    """Days a delivery may be late before it is told."""


class FileLayout(Strict):
    """How one file is named and written, and the contract columns its headers stand for."""

    needed: ClassVar[tuple[str, ...]] = ("columns",)
    file_pattern: str
    sheet: str | None = Field(default=None, min_length=1)
    """The sheet of a workbook that holds the rows, by its name in either case; the first with a header unless given. Other formats have none."""
    header_row: int | None = Field(default=None, ge=1, le=50)
    """The row on which the header ends, from 1; the row, or two rows read as one, that names most of the columns unless given."""
    date_formats: tuple[str, ...] = ()
    null_values: tuple[str, ...] = ()
    null_patterns: dict[str, tuple[str, ...]] = {}
    """Contract column: regular expressions; a value that one matches as a whole, in either case, means unknown."""
    open_end_dates: tuple[str, ...] = ()
    negate: tuple[str, ...] = ()
    academic_year_format: str | None = None
    columns: dict[str, tuple[str, ...]] = {}
    combined: dict[str, tuple[str, ...]] = {}
    """Contract column: further headers of the supplier's whose text belongs behind that of the column, in this order."""
    split: dict[str, str] = {}
    """Contract column: a regular expression whose first group is the column's part of a cell; several columns may share a header so."""
    fixed: dict[str, str] = {}
    """Contract column that the file lacks: what it would say in every row, in the supplier's words or the contract's."""
    decimal_mark: Literal[".", ","] = "."
    """What stands before the pence in amounts; the other sign is taken for that between thousands."""
    codes: dict[str, dict[str, str | None]] = {}

    @field_validator("file_pattern")
    @classmethod
    def _names_the_date(cls, pattern: str) -> str:
        named = set(_compiled(pattern).groupindex)
        if "date" not in named and not {"day", "month", "year"} <= named:
            raise ValueError("file_pattern must name a group (?P<date>...) that holds the delivery date, the year first, or groups day, month and year")
        return pattern

    @field_validator("null_patterns")
    @classmethod
    def _are_patterns(cls, patterns: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        for pattern in (p for several in patterns.values() for p in several):
            _compiled(pattern)
        return patterns

    @field_validator("split")
    @classmethod
    def _take_a_part(cls, patterns: dict[str, str]) -> dict[str, str]:
        for column, pattern in patterns.items():
            if _compiled(pattern).groups < 1:
                raise ValueError(f"{column}: the pattern needs a group ( ) around the part that is meant")
        return patterns

    @field_validator("academic_year_format")
    @classmethod
    def _is_an_example(cls, example: str | None) -> str | None:
        if example is not None and not re.fullmatch(r"\d{4}(\D?(\d{2}|\d{4}))?", example):
            raise ValueError("academic_year_format must be an example such as '2025/26', '2025-2026' or '2025'")
        return example

    @model_validator(mode="after")
    def _speaks_of_its_columns(self) -> "FileLayout":
        missing = [name for name in self.needed if not getattr(self, name)]
        if missing:
            raise ValueError(f"{' and '.join(missing)} must be given, here or by a layout")
        loose = sorted(self.loose_columns)
        if loose:
            raise ValueError(f"{', '.join(loose)} under combined or split must stand under columns too")
        return self

    @property
    def loose_columns(self) -> set[str]:
        """Columns that are put together or cut out of nothing."""
        return {*self.combined, *self.split} - set(self.columns)

    @property
    def named_columns(self) -> set[str]:
        """Every contract column the layout speaks of."""
        return {*self.columns, *self.fixed, *self.codes, *self.negate, *self.null_patterns}


class PartLayout(FileLayout):
    """How one of a set's further files is named and written."""

    changes_only: bool = False
    """Whether each file holds only what is new or changed since the one before: then all files up to the main file's day are read, and the last one holds."""


class ChangeLayout(FileLayout):
    """How the files of changes between two full ones are named and written; what it does not say is as in the full file, to whose columns and codes it adds."""

    needed: ClassVar[tuple[str, ...]] = ()
    key: tuple[str, ...] = ()
    """Contract columns that say which earlier rows a row is about; the contract's key unless given. By an account's number alone, it gives accounts whole."""
    refuse_when_rejected_share_over: Share | None = None
    """As in the profile: of a file of few rows, one bad row is a large share."""

    @property
    def loose_columns(self) -> set[str]:
        """Nothing: further columns may belong to those of the full file."""
        return set()


class Profile(FileLayout):
    """How one supplier writes its file, or the main file of a set; and what stands around a delivery."""

    needed: ClassVar[tuple[str, ...]] = ("date_formats", "columns")
    supplier: str
    controller: str
    agreement: Agreement
    purpose: str | None = None
    outputs: tuple[purposes.OutputName, ...] | None = None
    """Where this source's rows may go; all that the contract allows unless given."""
    keep_days: int | None = Field(default=None, gt=0)
    """How long an extract is kept after its delivery; as long as the contract allows unless given."""
    calendar: Calendar | None = None
    stale_after_days: int = Field(gt=0)
    refuse_when_rejected_share_over: Share
    volume: Volume = Volume()
    layout: str | None = None
    """A layout of the library in `schemas/layouts/`: it gives what the profile itself does not say."""
    parts: dict[str, PartLayout] = {}
    """The other files of a set, by the table each fills; they carry the main file's date in their names, or an earlier one where they hold changes only."""

    changes: ChangeLayout | None = None
    """The files of changes that may come between two full ones; only full ones do unless given."""

    def of_part(self, part: str) -> "Profile":
        """The profile of one of the set's other files; date formats and what means unknown are the main file's unless it gives its own."""
        layout = self.parts[part]
        inherited = {name for name in ("date_formats", "null_values") if not getattr(layout, name)}
        return self.model_copy(update={name: getattr(layout, name) for name in FileLayout.model_fields if name not in inherited} | {"parts": {}})

    def of_changes(self) -> "Profile":
        """The profile of the files of changes. Raises ValueError when there are none."""
        if self.changes is None:
            raise ValueError("the profile has no changes")
        given = {name: getattr(self.changes, name) for name in self.changes.model_fields_set - {"key"} if getattr(self.changes, name) is not None}
        added = {name: {**getattr(self, name), **value} for name, value in given.items() if isinstance(value, dict)}
        return self.model_copy(update=given | added | {"changes": None})
