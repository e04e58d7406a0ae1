"""Formulas that failed in an OpenDocument spreadsheet (.ods): its reader gives nothing, or a nought, for them, so its own XML is asked."""

import re
import zipfile
from datetime import date
from pathlib import Path
from xml.parsers import expat

from pipelines.errors import BadInput
from pipelines.reading.sheets import UNCALCULATED, Place

_DAMAGED = "the workbook's content is cut short or damaged. Deliver it again, or ask the supplier to save it anew as .xlsx."
_MOST_FAULTS = 1_000_000
_NULL_DATE = re.compile(rb"""<(?:\w+:)?null-date\b[^>]*?\bdate-value\s*=\s*["']([\d-]{10})["']""")
_ERROR = re.compile(r"#\S+[!?]|#N/A|Err:\d+")


def faulty_cells(path: Path) -> list[dict[Place, str]]:
    """By sheet, in the workbook's order, the cells that hold an error instead of a value. Raises BadInput for content that is no XML, or faults without end."""
    with zipfile.ZipFile(path) as archive:
        content = archive.read("content.xml") if "content.xml" in archive.namelist() else b""
    if b"formula" not in content:
        return []
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = reader.start, reader.end, reader.text
    parser.buffer_text = True
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError):
        raise BadInput(_DAMAGED) from None
    return reader.sheets


def day_zero(path: Path) -> date | None:
    """The day from which the workbook says that its day numbers count; None where it says nothing, or no day."""
    with zipfile.ZipFile(path) as archive:
        content = archive.read("content.xml") if "content.xml" in archive.namelist() else b""
    told = _NULL_DATE.search(content)
    try:
        return date.fromisoformat(told[1].decode()) if told else None
    except ValueError:
        return None


class _Reader:
    """Follows tables, rows and cells, each of which may stand for many."""

    def __init__(self) -> None:
        self.sheets: list[dict[Place, str]] = []
        self._row = self._column = self._count = 0
        self._cell: dict[str, str] = {}
        self._words: list[str] | None = None
        self._faults: list[tuple[int, int, str]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = _local(tag)
        if tag == "table":
            self.sheets.append({})
            self._row = 0
        elif tag == "table-row":
            self._column, self._faults = 0, []
            self._count = _repeated(attributes, "number-rows-repeated")
        elif tag in ("table-cell", "covered-table-cell"):
            self._cell, self._words = {_local(name): value for name, value in attributes.items()}, []
            # Two attributes have the same local name: the office's and LibreOffice's own, which alone tells an error.
            self._cell["value-types"] = " ".join(value for name, value in attributes.items() if _local(name) == "value-type")

    def text(self, words: str) -> None:
        if self._words is not None:
            self._words.append(words)

    def end(self, tag: str) -> None:
        tag = _local(tag)
        if tag in ("table-cell", "covered-table-cell"):
            repeated = _repeated(self._cell, "number-columns-repeated")
            fault = _fault(self._cell, "".join(self._words or []))
            if fault:
                self._faults.append((self._column, repeated, fault))
            self._column += repeated
            self._words = None
        elif tag == "table-row":
            self._note()
            self._row += self._count

    def _note(self) -> None:
        if self._faults and self._count * sum(repeated for _, repeated, _ in self._faults) > _MOST_FAULTS:
            raise BadInput("formulas of the workbook failed in more cells than can be told. Ask the supplier to save the sheet with its results as values.")
        for first, repeated, fault in self._faults:
            for row in range(self._row, self._row + self._count):
                self.sheets[-1].update({(row, column): fault for column in range(first, first + repeated)})


def _fault(cell: dict[str, str], shown: str) -> str | None:
    """The error of a cell with a formula; None where it gave a value."""
    if "formula" not in cell:
        return None
    if not cell["value-types"]:
        return UNCALCULATED
    is_error = "error" in cell["value-types"].split() or _ERROR.fullmatch(shown.strip())
    return (shown.strip() if shown.startswith("#") else "#VALUE!") if is_error else None


def _repeated(attributes: dict[str, str], local_name: str) -> int:
    told = next((value for name, value in attributes.items() if _local(name) == local_name), "1")
    return max(int(told), 1)


def _local(name: str) -> str:
    return name.rpartition(":")[2]
