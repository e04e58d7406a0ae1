"""Writes each source's file in the layout its supplier uses; headers, codes and formats come from the authority's extracts.yml."""

import codecs
import csv
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from pipelines.synthetic.delivery import Rows
from pipelines.synthetic.frame import Array, Columns, Rng, choose, length, texts
from schemas.authority import Profile

_AMOUNTS = ("weekly_rent_gbp", "arrears_gbp")
EXCEL_LIMIT = 1_048_576
_CREATED = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # a fixed date, so that the same seed gives the same bytes


@dataclass(frozen=True, slots=True)
class Layout:
    """How one supplier writes: the name with the date in it, and the kind of file."""

    file_name: str
    encoding: str = "utf-8"
    delimiter: str = ","
    first_row: int = 2

    @property
    def is_workbook(self) -> bool:
        """True for XLSX."""
        return self.file_name.endswith(".xlsx")


def layouts(delivered: date, people: int) -> dict[str, Layout]:
    """Each source's layout. A county's rent accounts may not fit on an Excel sheet: then the landlord sends CSV."""
    housing = Layout(f"rent_arrears_{delivered:%Y-%m-%d}.xlsx", first_row=3)
    if people > EXCEL_LIMIT * 4:
        housing = Layout(f"rent_arrears_{delivered:%Y-%m-%d}.csv")
    return {
        "school_attendance": Layout(f"attendance_{delivered:%Y-%m-%d}.csv", encoding="utf-8-sig"),
        "police_asb": Layout(f"asb_extract_{delivered:%Y%m%d}.csv", encoding="cp1252"),
        "dwp_benefit": Layout(f"DWP_TF_{delivered:%Y%m%d}.csv", delimiter="|"),
        "housing_arrears": housing,
    }


class Sheet(Protocol):
    """A file being written."""

    def rows(self, columns: Columns) -> None:
        """Append rows, given as columns in the header's order."""


@contextmanager
def sheet(path: Path, layout: Layout, profile: Profile, title: str) -> Iterator[Sheet]:
    """An open file with its header; what a supplier puts at the end is added on closing."""
    headers = [names[0] for names in profile.columns.values()]
    if layout.is_workbook:
        with _workbook(path, headers, title) as book:
            yield book
        return
    with path.open("w", encoding=layout.encoding, newline="", errors="unaccented") as file:
        writer = csv.writer(file, delimiter=layout.delimiter, lineterminator="\r\n")
        writer.writerow(headers)
        yield _Csv(writer)


class _Csv:
    def __init__(self, writer: Any) -> None:
        self._writer = writer

    def rows(self, columns: Columns) -> None:
        """Append rows; missing values are empty."""
        self._writer.writerows(zip(*(column.tolist() for column in columns.values()), strict=True))


class _Workbook:
    """The rent system's sheet: amounts and UPRNs are numbers and the balance's date a real date, all else is text."""

    def __init__(self, book: Any, headers: list[str], title: str) -> None:
        self._sheet = book.add_worksheet("Arrears")
        self._date = book.add_format({"num_format": "dd-mmm-yyyy"})
        self.next_row = 2
        self._sheet.write_string(0, 0, title)
        for c, header in enumerate(headers):
            self._sheet.write_string(1, c, header)

    def rows(self, columns: Columns) -> None:
        """Append rows, given as columns in the header's order; missing values are empty cells."""
        writers = [self._writer(name) for name in columns]
        for r, values in enumerate(zip(*(column.tolist() for column in columns.values()), strict=True), start=self.next_row):
            for c, value in enumerate(values):
                if value is not None and value != "":
                    writers[c](r, c, value)
        self.next_row += length(columns)

    def total(self) -> None:
        """The last line."""
        self._sheet.write_string(self.next_row, 0, "Total")
        self._sheet.write_number(self.next_row, 1, self.next_row - 2)

    def _writer(self, column: str) -> Callable[[int, int, Any], Any]:
        if column == "balance_date":
            return lambda r, c, value: self._sheet.write_datetime(r, c, datetime.strptime(value, "%d-%b-%Y"), self._date)  # noqa: DTZ007 -- a day has no zone
        if column == "uprn":
            return lambda r, c, value: self._sheet.write_number(r, c, int(value))
        if column in _AMOUNTS:
            return lambda r, c, value: self._sheet.write_number(r, c, value)
        return lambda r, c, value: self._sheet.write_string(r, c, value)


@contextmanager
def _workbook(path: Path, headers: list[str], title: str) -> Iterator[_Workbook]:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    book.set_properties({"created": _CREATED})
    try:
        sheet = _Workbook(book, headers, title)
        yield sheet
        sheet.total()
    finally:
        book.close()


def in_suppliers_words(rng: Rng, rows: Rows, profile: Profile) -> Rows:
    """The same rows with the columns the supplier delivers, in its order, codes and signs."""
    return replace(rows, values={name: _column(rng, rows.values, name, profile) for name in profile.columns})


def _column(rng: Rng, values: Columns, name: str, profile: Profile) -> Array:
    column: Array = values[name]
    if name in profile.codes:
        column = _coded(rng, column, profile.codes[name])
    if name in profile.negate:
        column = texts([None if v is None else -v if v else 0.0 for v in column])
    if name == "academic_year":
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
