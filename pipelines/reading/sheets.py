"""What an .xlsx workbook's own XML says that its reader does not: how far a sheet reaches, and cells whose formula failed or was never calculated."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from pipelines.errors import BadInput
from pipelines.limits import USUAL, Limits, setting

UNCALCULATED = "#UNCALCULATED!"

# Programs may write tags with a prefix, blanks around an equals sign, and either quotation mark.
_REACH = re.compile(rb"""<(?:\w+:)?(?:c|row)\b[^>]*?\br\s*=\s*["']([A-Z]{0,4})(\d{1,10})["']""")
_WIDE_OR_LONG = re.compile(rb"""\br\s*=\s*["'](?:[A-Z]{2,}\d|[A-Z]*\d{6,})""")
# So many cells lie within what that pattern lets pass: 26 columns of 99,999 rows.
_NARROW_AND_SHORT = 26 * 99_999
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_CELL_WITH_FORMULA = re.compile(
    rb"""<(?:\w+:)?c\b([^>]*)(?<!/)>\s*<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f\s*>)\s*"""
    rb"""(<(?:\w+:)?v\s*/>|<(?:\w+:)?v\s*>\s*</(?:\w+:)?v\s*>)?\s*</(?:\w+:)?c\s*>"""
)
_ERROR = re.compile(rb"""\bt\s*=\s*["']e["']""")
_CELL_WITH_ERROR = re.compile(
    rb"""<(?:\w+:)?c\b([^>]*\bt\s*=\s*["']e["'][^>]*)(?<!/)>(?:(?!</(?:\w+:)?c\s*>).)*?<(?:\w+:)?v\s*>([^<]{1,20})</(?:\w+:)?v\s*>\s*</(?:\w+:)?c\s*>""",
    re.DOTALL,
)
_TEXT = re.compile(rb"""\bt\s*=\s*["']str["']""")
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})(\d{1,7})["']""")
# Macs counted a workbook's days from 1904, and their workbooks still do.
_SINCE_1904 = re.compile(r"""<(?:\w+:)?workbookPr\b[^>]*?\bdate1904\s*=\s*["'](?:1|true|on)["']""", re.IGNORECASE)
_SHEET = re.compile(r"""<(?:\w+:)?sheet\b[^>]*?/?>""")
_RELATIONSHIP = re.compile(r"<(?:\w+:)?Relationship\b[^>]*?>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*["']([^"']*)["']""")

Place = tuple[int, int]
"""Row and column of a cell, each from 0."""


def faulty_cells(path: Path, limits: Limits = USUAL) -> dict[str, dict[Place, str]]:
    """By sheet, the cells that hold an error instead of a value. Raises BadInput for a sheet too large to hold in memory, or a fault without its place."""
    found: dict[str, dict[Place, str]] = {}
    with zipfile.ZipFile(path) as archive:
        there = set(archive.namelist())
        of_sheets = _parts(archive, there)
        usual_place = {name for name in there if name.startswith("xl/worksheets/") and name.endswith(".xml")}
        by_part = {}
        for part in sorted(usual_place | (set(of_sheets.values()) & there)):
            content = archive.read(part)
            _refuse_overgrown(content, limits)
            by_part[part] = dict(_faults(content))
    for name, part in of_sheets.items():
        found[name] = by_part.get(part, {})
    return found


def counts_from_1904(path: Path) -> bool:
    """Whether the workbook says that its day numbers count from 1904."""
    with zipfile.ZipFile(path) as archive:
        return bool(_SINCE_1904.search(_text(archive, "xl/workbook.xml", set(archive.namelist()))))


def _parts(archive: zipfile.ZipFile, there: set[str]) -> dict[str, str]:
    """Worksheet part by the sheet's name."""
    book, relations = (_text(archive, name, there) for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"))
    targets = {tag["Id"]: tag.get("Target", "") for tag in _tags(relations, _RELATIONSHIP) if "Id" in tag}
    sheets = {tag.get("name", ""): targets.get(_relation(tag), "") for tag in _tags(book, _SHEET)}
    return {name: posixpath.normpath(posixpath.join("/xl", target)).lstrip("/") for name, target in sheets.items()}


def _relation(tag: dict[str, str]) -> str:
    """The id of a sheet's relation, whatever prefix the program gave it."""
    return next((value for name, value in tag.items() if name.endswith(":id")), "")


def _text(archive: zipfile.ZipFile, name: str, there: set[str]) -> str:
    return archive.read(name).decode("utf-8", "replace") if name in there else ""


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
    if _ERROR.search(content):
        yield from ((_place(match[1]), match[2].decode("utf-8", "replace")) for match in _CELL_WITH_ERROR.finditer(content))
    if _FORMULA.search(content):
        # A formula may well give an empty text; then it is said to be text, and its empty value stands there.
        uncalculated = (match[1] for match in _CELL_WITH_FORMULA.finditer(content) if not (match[2] and _TEXT.search(match[1])))
        yield from ((_place(attributes), UNCALCULATED) for attributes in uncalculated)


def _place(attributes: bytes) -> Place:
    reference = _REFERENCE.search(attributes)
    if reference is None:
        # The format allows cells without their place; of those that hold values nothing need be known here.
        raise BadInput(
            "a formula of the workbook failed or was never calculated, and its cell does not say where it stands. "
            "Ask the supplier to save the sheet with its results as values."
        )
    return int(reference[2]) - 1, _number(reference[1]) - 1


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
