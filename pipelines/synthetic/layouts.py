"""Writes each source's file in the layout its supplier uses; headers, codes and formats come from the authority's extracts.yml."""

import codecs
import csv
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from pipelines import authority
from pipelines.synthetic.delivery import Rows
from pipelines.synthetic.frame import Array, Columns, Rng, choose, length, own, texts
from schemas.profile import Profile

EXCEL_LIMIT = 1_048_576
_CREATED = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # a fixed date, so that the same seed gives the same bytes
_RENT_CELLS = {"balance_date": "%d-%b-%Y", "uprn": "whole", "weekly_rent_gbp": "number", "arrears_gbp": "number", "technical_arrears_gbp": "number"}
_SCHOOL_CELLS = {"birth_date": "%d/%m/%Y"} | dict.fromkeys(
    ("sessions_possible", "sessions_authorised", "sessions_unauthorised", "suspension_count", "permanent_exclusion_count"), "number"
)


@dataclass(frozen=True, slots=True)
class Layout:
    """How one supplier writes: the name with the date in it, and the kind of file."""

    file_name: str
    encoding: str = "utf-8"
    delimiter: str = ","
    titles: int = 0
    """Rows above the header."""
    cells: dict[str, str] = field(default_factory=dict)
    """Of a workbook, the columns that are no text: `number`, `whole`, or the date format that the generator's text has."""
    library: str | None = None
    """The layout of `schemas/layouts/` that tells headers and codes; the profile's own where None."""
    parts: dict[str, str] = field(default_factory=dict)
    """Of a set, the names of its further files by part; `file_name` is then its main file's."""

    @property
    def is_workbook(self) -> bool:
        """True for XLSX."""
        return self.file_name.endswith(".xlsx")

    @property
    def rows_in(self) -> str:
        """Name of the file that has a row for each of the source's: of a set that of those named, of any other the only one."""
        return self.parts.get("nominal", self.file_name)

    @property
    def first_row(self) -> int:
        """Number of the first row below the header."""
        return self.titles + 2


def layouts(delivered: date, people: int, chosen: Mapping[str, str] | None = None) -> dict[str, Layout]:
    """Each source's layout: `chosen` names one of the library by source. A county's rent accounts may not fit on an Excel sheet: the landlord sends CSV."""
    housing = Layout(f"rent_arrears_{delivered:%Y-%m-%d}.xlsx", titles=1, cells=_RENT_CELLS)
    if people > EXCEL_LIMIT * 4:
        housing = Layout(f"rent_arrears_{delivered:%Y-%m-%d}.csv")
    usual = {
        "school_attendance": Layout(f"attendance_{delivered:%Y-%m-%d}.csv", encoding="utf-8-sig"),
        "police_asb": Layout(f"asb_extract_{delivered:%Y%m%d}.csv", encoding="cp1252"),
        "dwp_benefit": Layout(f"DWP_TF_{delivered:%Y%m%d}.csv", delimiter="|"),
        "housing_arrears": housing,
    }
    library = _library(delivered)
    return usual | {source: library[source, name] for source, name in (chosen or {}).items()}


def _library(delivered: date) -> dict[tuple[str, str], Layout]:
    """The library's layouts, by source and name."""
    school = Layout(f"attendance_{delivered:%Y-%m-%d}.xlsx", titles=3, cells=_SCHOOL_CELLS, library="mis_summary")
    police = Layout(f"asb_extract_{delivered:%Y%m%d}.txt", encoding="utf-16", delimiter="\t", library="athena")
    dwp = Layout(f"DWP_TF_{delivered:%Y%m%d}.csv", library="claimant_rows")
    housing = Layout(f"rent_arrears_{delivered:%Y-%m-%d}.csv", encoding="cp1252", library="nec")
    occurrences = {part: f"{part}s_{delivered:%Y%m%d}.csv" for part in ("nominal", "intervention", "outcome")}
    records = Layout(f"occurrences_{delivered:%Y%m%d}.csv", library="records_set", parts=occurrences)
    known = [("school_attendance", school), ("police_asb", police), ("police_asb", records), ("dwp_benefit", dwp), ("housing_arrears", housing)]
    return {(source, str(layout.library)): layout for source, layout in known}


def plain(source: str, delivered: date) -> Layout:
    """How an optional source writes: the library's plain layout, as delimited text."""
    return Layout(f"{source}_{delivered:%Y-%m-%d}.csv", library="plain")


def plain_profile(source: str) -> Profile:
    """The profile of an optional source that uses the plain layout under the fictional borough's agreement."""
    about = {
        "supplier": f"Calderbrook {source.replace('_', ' ')}",
        "controller": "Calderbrook Council",
        "file_pattern": rf"{source}_(?P<date>\d{{4}}-\d{{2}}-\d{{2}})\.csv",
        "agreement": {"id": f"ISA-{source}", "expires": "2028-03-31"},
        "stale_after_days": 35,
        "refuse_when_rejected_share_over": 0.2,
    }
    return Profile.model_validate({**authority.read_yaml(authority.LAYOUTS / source / "plain.yml"), **about})


def headers(profile: Profile) -> dict[str, str]:
    """The supplier's header of each written column: a name of the contract, with a number behind it for the further columns read together with it."""
    found: dict[str, str] = {}
    for column, names in profile.columns.items():
        if names[0] not in found.values():
            found[column] = names[0]
        found |= {f"{column}+{number}": name for number, name in enumerate(profile.combined.get(column, ()), start=1)}
    return found


class Sheet(Protocol):
    """A file being written."""

    def rows(self, columns: Columns) -> None:
        """Append rows, given as columns in the header's order."""


@contextmanager
def sheet(path: Path, layout: Layout, profile: Profile, title: str) -> Iterator[Sheet]:
    """An open file with its header; what a supplier puts at the end is added on closing."""
    names = list(headers(profile).values())
    if layout.is_workbook:
        with _workbook(path, layout, names, title) as book:
            yield book
        return
    with path.open("w", encoding=layout.encoding, newline="", errors="unaccented") as file:
        writer = csv.writer(file, delimiter=layout.delimiter, lineterminator="\r\n")
        writer.writerow(names)
        yield _Csv(writer)


class _Csv:
    def __init__(self, writer: Any) -> None:
        self._writer = writer

    def rows(self, columns: Columns) -> None:
        """Append rows; missing values are empty."""
        self._writer.writerows(zip(*(column.tolist() for column in columns.values()), strict=True))


class _Workbook:
    """A sheet with titles above and a total below; what the layout says of no column is text."""

    def __init__(self, book: Any, layout: Layout, names: list[str], title: str) -> None:
        self._sheet = book.add_worksheet("Report")
        self._date = book.add_format({"num_format": "dd-mmm-yyyy"})
        self._layout = layout
        self.next_row = layout.titles + 1
        self._sheet.write_string(0, 0, title)
        for c, name in enumerate(names):
            self._sheet.write_string(layout.titles, c, name)

    def rows(self, columns: Columns) -> None:
        """Append rows, given as columns in the header's order; missing values are empty cells."""
        writers = [self._writer(self._layout.cells.get(name, "text")) for name in columns]
        for r, values in enumerate(zip(*(column.tolist() for column in columns.values()), strict=True), start=self.next_row):
            for c, value in enumerate(values):
                if value is not None and value != "":
                    writers[c](r, c, value)
        self.next_row += length(columns)

    def total(self) -> None:
        """The last line."""
        self._sheet.write_string(self.next_row, 0, "Total")
        self._sheet.write_number(self.next_row, 1, self.next_row - self._layout.titles - 1)

    def _writer(self, kind: str) -> Callable[[int, int, Any], Any]:
        if kind == "whole":
            return lambda r, c, value: self._sheet.write_number(r, c, int(value))
        if kind == "number":
            # Text stays text, such as a supplier's n/a.
            return lambda r, c, value: self._sheet.write(r, c, value)
        if kind == "text":
            return lambda r, c, value: self._sheet.write_string(r, c, value)
        return lambda r, c, value: self._write_day(r, c, value, kind)

    def _write_day(self, row: int, column: int, text: str, form: str) -> None:
        """A real date; what is none in a calendar stays text."""
        try:
            day = datetime.strptime(text, form)  # noqa: DTZ007 -- a day has no zone
        except ValueError:
            self._sheet.write_string(row, column, text)
            return
        self._sheet.write_datetime(row, column, day, self._date)


@contextmanager
def _workbook(path: Path, layout: Layout, names: list[str], title: str) -> Iterator[_Workbook]:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    book.set_properties({"created": _CREATED})
    try:
        sheet = _Workbook(book, layout, names, title)
        yield sheet
        sheet.total()
    finally:
        book.close()


def in_suppliers_words(rng: Rng, rows: Rows, profile: Profile) -> Rows:
    """The same rows with the columns the supplier delivers, in its order, codes and signs."""
    return replace(rows, values={name: _column(own(rng), rows.values, name, profile) for name in headers(profile)})


def _column(rng: Rng, values: Columns, name: str, profile: Profile) -> Array:
    column: Array = values[name]
    if name in profile.codes:
        column = _coded(rng, column, profile.codes[name])
    if name in profile.negate:
        column = texts([None if v is None else -v if v else 0.0 for v in column])
    if name == "academic_year" and isinstance(column[0] if len(column) else 0, int):
        column = texts([f"{y}/{(y + 1) % 100:02d}" for y in column])
    return column


def _coded(rng: Rng, column: Array, codes: dict[str, str | None]) -> Array:
    """The supplier's codes; where it spells one thing in several ways, mostly the first. What is no value of the contract stays."""
    spellings: dict[str, list[str]] = {}
    for code, value in codes.items():
        if value is not None:
            spellings.setdefault(value, []).append(code)
    result = column.copy()
    for value, ways in spellings.items():
        index = np.flatnonzero(column == value)
        p = [0.85] + [0.15 / (len(ways) - 1)] * (len(ways) - 1) if len(ways) > 1 else None
        result[index] = choose(rng, ways, len(index), p)
    return result


def _unaccented(error: UnicodeError) -> tuple[str, int]:
    """What a code page cannot hold, old systems write without its accent."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end].translate(str.maketrans("łŁđĐı", "lLdDi"))
    return "".join(c for c in unicodedata.normalize("NFKD", text) if ord(c) < 128), error.end


codecs.register_error("unaccented", _unaccented)
