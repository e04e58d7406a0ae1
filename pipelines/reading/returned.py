"""A spreadsheet that was exported, filled in by a person and returned: its rows as text, and which of them hold a formula."""

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from pipelines.errors import BadInput
from pipelines.reading import detect

# A cell with a formula in it. The reader gives the formula's last value and does not tell it from what a person typed.
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_FORMULA_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<(?:\w+:)?f[\s/>]')
_SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows below the header with their numbers, cells by column name; and the numbers of rows with a formula in one of these columns."""

    rows: list[tuple[int, dict[str, str]]]
    formula_rows: frozenset[int]
    named: frozenset[str] = frozenset()

    def has(self, column: str) -> bool:
        """Whether the header names the column."""
        return column in self.named


def sheet(path: Path, columns: tuple[str, ...], optional: tuple[str, ...] = ()) -> Sheet:
    """The only sheet of an .xlsx file, whose first row names at least these columns; the optional ones are empty where it does not name them.

    A formula elsewhere does no harm: a spreadsheet program makes one of a name that starts with an equals sign when somebody touches its cell.
    Raises BadInput, without the file's name, for anything else.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    if not path.is_file():
        raise BadInput("there is no such file.")
    if detect.file_format(path) != "xlsx":
        raise BadInput("this is not an .xlsx workbook.")
    try:
        with CalamineWorkbook.from_path(path) as book:
            if len(book.sheet_names) != 1:
                raise BadInput(f"the workbook has {len(book.sheet_names)} sheets, and must have one.")
            grid = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
        formula_cells = _formula_cells(path)
    except (CalamineError, OSError, zipfile.BadZipFile, EOFError):
        raise BadInput("the workbook is damaged.") from None
    header = [str(cell).strip() for cell in grid[0]] if grid else []
    wrong = [name for name in columns if header.count(name) != 1] + [name for name in optional if header.count(name) > 1]
    if wrong:
        raise BadInput(f"the first row must name each of these columns once: {', '.join(wrong)}.")
    places = {name: header.index(name) for name in (*columns, *optional) if name in header}
    formula_rows = frozenset(number for place, number in formula_cells if place in places.values())
    absent = dict.fromkeys(optional, "")
    rows = [(number, absent | {name: _text(row[place]) for name, place in places.items()}) for number, row in enumerate(grid[1:], start=2)]
    return Sheet([(number, cells) for number, cells in rows if any(cells.values()) or number in formula_rows], formula_rows, frozenset(places))


def _text(cell: object) -> str:
    """A whole number that a spreadsheet keeps as a fraction reads as it was typed."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def _formula_cells(path: Path) -> set[tuple[int, int]]:
    """Place of the column, from 0, and number of the row of every cell with a formula."""
    found: set[tuple[int, int]] = set()
    with zipfile.ZipFile(path) as book:
        for name in filter(_SHEETS.fullmatch, book.namelist()):
            text = book.read(name)
            cells = _FORMULA_CELL.findall(text)
            if len(cells) != len(_FORMULA.findall(text)):
                raise BadInput("it holds formulas. Save it with values in their place.")
            found |= {(_place(letters.decode()), int(number)) for letters, number in cells}
    return found


def _place(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1
