"""Rows of a spreadsheet's sheets (.xlsx, .xls, .ods), every cell as text; formulas are never calculated, their stored results are read."""

import io
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.errors import BadInput
from pipelines.limits import USUAL, Limits, setting
from pipelines.reading import compound, detect, opendocument, sheets
from pipelines.reading.cells import DAY_ZERO, cell_text

Row = list[str | None]

_MACS_DAY_ZERO = date(1904, 1, 1)

_PASSWORD = "the workbook is password-protected. Ask the supplier to remove the password and deliver it again."  # noqa: S105 - a message
_DAMAGED = "the workbook is cut short or damaged ({}). Deliver it again, or ask the supplier to save it anew as .xlsx."

# Opens the workbook in a process of its own, bounded in memory and time, since a hostile one can make the reader ask for more than the machine has.
_TRIAL = """
import io, resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({memory},) * 2)
resource.setrlimit(resource.RLIMIT_CPU, (120, 120))
from python_calamine import CalamineWorkbook
try:
    book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
except BaseException as error:
    print(type(error).__name__)
    sys.exit(8)
sys.exit(9 if any(sheet.total_height * sheet.total_width > {limit} for sheet in sheets) else 0)
"""
_CANNOT_BE_OPENED = 8
_CANNOT_BE_READ = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OverflowError, KeyError, OSError)
# Bytes for the reader itself, and for a cell as it holds it.
_READER, _CELL = 512 * 1024**2, 54


@dataclass(frozen=True, slots=True)
class Workbook:
    """An open workbook, and the cells of its sheets whose formula gave no value."""

    opened: Any
    faults: dict[str, dict[sheets.Place, str]]
    day_zero: date = DAY_ZERO
    """The day from which its day numbers count."""


@contextmanager
def opened(path: Path, kind: str, limits: Limits = USUAL) -> Iterator[Workbook]:
    """The workbook; whatever the reader finds wrong becomes a BadInput that says what to do."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    faults = _faults(path, limits) if kind == "xlsx" else {}
    _try(path, limits)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
        found = faults or _faults_in_order(path, kind, [sheet.name for sheet in book.sheets_metadata])
        yield Workbook(book, found, _day_zero(path, kind))
    except PasswordError:
        raise BadInput(_PASSWORD, rule=detect.LOCKED) from None
    except CalamineError as error:
        raise BadInput(_DAMAGED.format(type(error).__name__)) from None
    except BaseException as error:
        # The reader's own panic is no Exception; everything else is not for here.
        if type(error).__name__ != "PanicException":
            raise
        raise BadInput(_DAMAGED.format("the reader gave up")) from None


def _faults(path: Path, limits: Limits) -> dict[str, dict[sheets.Place, str]]:
    try:
        return sheets.faulty_cells(path, limits)
    except _CANNOT_BE_READ as error:
        raise BadInput(_DAMAGED.format(type(error).__name__)) from None


def _faults_in_order(path: Path, kind: str, names: list[str]) -> dict[str, dict[sheets.Place, str]]:
    """As `_faults`, of the kinds whose parts stand in the order of the sheets."""
    if kind == "xlsx":
        return {}
    try:
        found = compound.faulty_cells(path) if kind == "xls" else opendocument.faulty_cells(path)
    except _CANNOT_BE_READ as error:
        raise BadInput(_DAMAGED.format(type(error).__name__)) from None
    # Tables behind the sheets, as of linked documents, are none of them.
    if found and len(found) < len(names):
        raise BadInput(_DAMAGED.format("sheets differ"))
    return dict(zip(names, found, strict=False))


def _day_zero(path: Path, kind: str) -> date:
    if kind == "ods":
        return opendocument.day_zero(path) or DAY_ZERO
    reader = sheets if kind == "xlsx" else compound
    return _MACS_DAY_ZERO if reader.counts_from_1904(path) else DAY_ZERO


def _try(path: Path, limits: Limits) -> None:
    """Refuse a workbook that cannot be opened within bounds."""
    code = _TRIAL.format(limit=limits.limit_cells, memory=_READER + _CELL * max(limits.limit_cells, USUAL.limit_cells))
    with path.open("rb") as file:
        trial = subprocess.run(  # noqa: S603 - our own interpreter and code; the file comes as its input
            [sys.executable, "-I", "-c", code], stdin=file, capture_output=True, check=False
        )
    if trial.returncode == _CANNOT_BE_OPENED and b"MemoryError" not in trial.stdout:
        if b"PasswordError" in trial.stdout:
            raise BadInput(_PASSWORD, rule=detect.LOCKED)
        raise BadInput(_DAMAGED.format(trial.stdout.decode().strip()))
    # Ended by a signal, it ran out of bounds.
    if trial.returncode:
        most = f"{limits.limit_cells:,} cells {setting('limit_cells')}"
        raise BadInput(f"the workbook reaches over more than {most}, more than is safe to open. Ask the supplier for CSV.")


def sheet_names(workbook: Workbook) -> list[str]:
    """Names of the workbook's sheets, in order; charts and macros left out."""
    from python_calamine import SheetTypeEnum

    return [sheet.name for sheet in workbook.opened.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]


def hidden_sheets(workbook: Workbook) -> set[str]:
    """Names of the sheets that whoever opens the workbook does not see."""
    from python_calamine import SheetVisibleEnum

    return {sheet.name for sheet in workbook.opened.sheets_metadata if sheet.visible != SheetVisibleEnum.Visible}


def rows(workbook: Workbook, sheet: str, decimal_mark: str = ".") -> Iterator[Row]:
    """The sheet's rows from its first, as wide as its widest, numbers with that mark; a formula without a value is told by its error."""
    grid = workbook.opened.get_sheet_by_name(sheet)
    first = grid.start[1] if grid.start else 0
    faults: dict[int, dict[int, str]] = {}
    for (row, column), text in workbook.faults.get(sheet, {}).items():
        faults.setdefault(row, {})[column - first] = text
    for number, cells in enumerate(grid.iter_rows()):
        line = [cell_text(cell, decimal_mark) for cell in cells]
        for column, text in faults.get(number, {}).items():
            if 0 <= column < len(line):
                line[column] = text
        yield line
