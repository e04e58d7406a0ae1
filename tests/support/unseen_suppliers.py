"""Files as `unseen_suppliers.yml` describes them: the borough's rows under suppliers' headers, formats and codes, with what each column truly is."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import cycle
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook
from ruamel.yaml import YAML

from pipelines.synthetic.layouts import plain_profile
from schemas.profile import FileLayout
from tests.support import attendance_sets
from tests.support.borough import BoroughOnDisk
from tests.support.families import SHIPPED

_FILES = YAML(typ="safe").load(Path(__file__).with_suffix(".yml").read_text())
NEVER_LOOKED_AT, LOOKED_AT = tuple(_FILES["held_out"]), tuple(_FILES["known"])
OPTIONAL = ("social_care", "youth_justice")
Row = dict[str, str]


@dataclass(frozen=True)
class Unseen:
    """A file, its source and part, and the contract column of each header; None for columns nobody asked for."""

    source: str
    part: str | None
    path: Path
    truth: dict[str, str | None]


def unseen_file(name: str, folder: Path, borough: BoroughOnDisk) -> Unseen:
    """The file of that name written into the folder."""
    told = _FILES["held_out"].get(name) or _FILES["known"][name]
    rows = list(_rows(borough, told["source"], told.get("part")))
    headers = [*told["columns"], *told.get("extra", {})]
    beside = {header: cycle(values) for header, values in told.get("extra", {}).items()}
    path = folder / told["file"]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=told.get("delimiter", ","))
        writer.writerow(headers)
        for row in rows:
            writer.writerow([*(_cell(row, column, told) for column in told["columns"].values()), *(next(values) for values in beside.values())])
    truth: dict[str, str | None] = {**told["columns"], **dict.fromkeys(told.get("extra", {}))}
    return Unseen(told["source"], told.get("part"), path, truth)


def _cell(row: Row, column: str, told: dict[str, Any]) -> str:
    """The contract's value as this supplier writes it."""
    value = row.get(column, "")
    if column.endswith("_date") and value[:4].isdigit() and value[4:5] == "-":
        return datetime.fromisoformat(value).strftime(told["dates"])
    return str(told.get("codes", {}).get(column, {}).get(value, value))


def _rows(borough: BoroughOnDisk, source: str, part: str | None) -> Iterator[Row]:
    """The delivered rows by contract column: dates as ISO, codes as the contract's words, all else as delivered, dirt and all."""
    layout: FileLayout = _profile(source)
    if part is not None:
        summary = [row for row in borough.delivered(source) if all(row[name].isdigit() for name in attendance_sets.SUMMED_UP[:3])][:150]
        layout = layout.model_copy(update=_layout(attendance_sets.PARTS[part]))
        yield from (_plain(row, layout) for row in getattr(attendance_sets, f"{part.split('_')[-1]}s")(summary))
        return
    yield from (_plain(row, layout) for row in _delivered(borough, source))


def _layout(told: dict[str, Any]) -> dict[str, Any]:
    return {"columns": {name: tuple(headers) for name, headers in told["columns"].items()}, "codes": told.get("codes", {})}


def _profile(source: str) -> FileLayout:
    if source in OPTIONAL:
        return plain_profile(source)
    tree = YAML(typ="safe").load((SHIPPED / "calderbrook" / "extracts.yml").read_text())[source]
    return FileLayout(file_pattern=tree["file_pattern"], date_formats=tuple(tree["date_formats"]), **_layout(tree))


def _delivered(borough: BoroughOnDisk, source: str) -> list[Row]:
    path = borough.file(source)
    if path.suffix == ".xlsx":
        cells = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        return [dict(zip(map(str, cells[1]), map(_text, row), strict=True)) for row in cells[2:-1]]
    if source in OPTIONAL:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))
    return borough.delivered(source)


def _text(cell: Any) -> str:
    if isinstance(cell, datetime | date):
        return f"{cell:%d/%m/%Y}"
    return "" if cell == "." else str(cell)


def _plain(row: Row, layout: FileLayout) -> Row:
    found = {}
    for column, headers in layout.columns.items():
        value = next((row[header] for header in headers if header in row), "") or ""
        found[column] = _as_day(value, layout.date_formats) if column.endswith("_date") else str(layout.codes.get(column, {}).get(value, value) or "")
    if "surname" not in found and ", " in found.get("full_name", ""):
        found["surname"], found["forename"] = found["full_name"].split(", ", 1)
    return found


def _as_day(text: str, formats: tuple[str, ...]) -> str:
    for form in (*formats, "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).isoformat()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    return text
