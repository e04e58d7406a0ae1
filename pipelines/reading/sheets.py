"""What an .xlsx workbook's own XML says that its reader does not: how far a sheet reaches, and cells whose formula failed or was never calculated."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from pipelines.errors import BadInput
from pipelines.limits import USUAL, Limits, setting

UNCALCULATED = "#UNCALCULATED!"

_REACH = re.compile(rb"""<(?:c|row)\b[^>]*?\br=["']([A-Z]{0,4})(\d{1,10})["']""")
_WIDE_OR_LONG = re.compile(rb"""\br=["'](?:[A-Z]{2,}\d|[A-Z]*\d{6,})""")
# So many cells lie within what that pattern lets pass: 26 columns of 99,999 rows.
_NARROW_AND_SHORT = 26 * 99_999
_CELL_WITH_FORMULA = re.compile(rb"""<c\b([^>]*)>\s*<f\b[^>]*?(?:/>|>[^<]*</f>)\s*(<v\s*/>|<v>\s*</v>)?\s*</c>""")
_CELL_WITH_ERROR = re.compile(rb"""<c\b([^>]*\bt=["']e["'][^>]*)>(?:(?!</c>).)*?<v>([^<]{1,20})</v>\s*</c>""", re.DOTALL)
_REFERENCE = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_SHEET = re.compile(r"""<(?:\w+:)?sheet\b[^>]*?/?>""")
_ATTRIBUTE = re.compile(r"""([\w:]+)=["']([^"']*)["']""")

Place = tuple[int, int]
"""Row and column of a cell, each from 0."""


def faulty_cells(path: Path, limits: Limits = USUAL) -> dict[str, dict[Place, str]]:
    """By worksheet part, the cells that hold an error instead of a value. Raises BadInput for a sheet too large to hold in memory."""
    found = {}
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                content = archive.read(name)
                _refuse_overgrown(content, limits)
                found[name] = dict(_faults(content))
    return found


def parts(path: Path) -> dict[str, str]:
    """Worksheet part by the sheet's name."""
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        book, relations = (_text(archive, name, names) for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"))
    targets = {tag["Id"]: tag.get("Target", "") for tag in _tags(relations, re.compile(r"<(?:\w+:)?Relationship\b[^>]*?>")) if "Id" in tag}
    sheets = {tag.get("name", ""): targets.get(tag.get("r:id", ""), "") for tag in _tags(book, _SHEET)}
    return {name: target.lstrip("/") if target.startswith("/") else f"xl/{target}" for name, target in sheets.items()}


def _text(archive: zipfile.ZipFile, name: str, names: set[str]) -> str:
    return archive.read(name).decode("utf-8", "replace") if name in names else ""


def _tags(text: str, pattern: re.Pattern[str]) -> Iterator[dict[str, str]]:
    return (dict(_ATTRIBUTE.findall(tag)) for tag in pattern.findall(text))


def _refuse_overgrown(content: bytes, limits: Limits) -> None:
    """A cheap bound first: exact numbers are only looked for where that is too large."""
    if limits.limit_cells >= _NARROW_AND_SHORT and not _WIDE_OR_LONG.search(content):
        return
    width, height = 1, 1
    for reference in _REACH.finditer(content):
        width, height = max(width, _number(reference[1])), max(height, int(reference[2]))
    if width * height > limits.limit_cells:
        most = f"{limits.limit_cells:,} cells {setting('limit_cells')}"
        raise BadInput(f"a sheet of the workbook reaches over more than {most}. Ask the supplier to clear the empty ones, or for CSV.")


def _faults(content: bytes) -> Iterator[tuple[Place, str]]:
    if b'="e"' in content or b"='e'" in content:
        yield from ((place, match[2].decode("utf-8", "replace")) for match in _CELL_WITH_ERROR.finditer(content) for place in _place(match[1]))
    if b"<f" in content:
        # A formula may well give an empty text; then it is said to be text, and its empty value stands there.
        uncalculated = (match[1] for match in _CELL_WITH_FORMULA.finditer(content) if not (match[2] and b'"str"' in match[1]))
        yield from ((place, UNCALCULATED) for attributes in uncalculated for place in _place(attributes))


def _place(attributes: bytes) -> Iterator[Place]:
    reference = _REFERENCE.search(attributes)
    if reference:
        yield int(reference[2]) - 1, _number(reference[1]) - 1


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
