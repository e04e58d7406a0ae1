"""Rows that say everything a layout can say, as its supplier would write them: every code, every date format, every column, with what each must be read as."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from pipelines.reading.find import pattern_in_words
from pipelines.reading.mapping import code_meanings
from schemas.extracts import Contract
from schemas.extracts.contract import CodesInUse
from schemas.profile import FileLayout
from schemas.table import Column

Row = dict[str, Any]
DELIVERED = date(2026, 11, 20)
# A grown-up's, and a pupil's.
_FIRST_BIRTH = {True: date(1986, 2, 1), False: date(2012, 2, 1)}
_FIRST_DAY = date(2026, 2, 1)
_TEXTS = {"postcode": "ZC1 1AA", "title": "Mrs", "upn": "R201100018042", "class_code": "RD04"}
_COUNTS = {"sessions_possible": 120, "academic_year": 2025}


@dataclass(frozen=True)
class Written:
    """A file's rows by header, and by contract column what each must be read as."""

    cells: list[dict[str, str]]
    meant: list[Row]


def rows_needed(layouts: list[tuple[FileLayout, Contract]]) -> int:
    """So many rows that each code of each file stands in one."""
    return max(3, *(len(list(_choices(column, layout))) for layout, contract in layouts for column in _held(layout, contract)))


def written(layout: FileLayout, contract: Contract, count: int) -> Written:
    """That many rows, each about somebody of its own; the files of a set tell of the same people in the same order."""
    meant, cells = [], []
    first = 1 + (count if contract.not_in_main else 0)
    for number in range(first, first + count):
        told = {column.name: _told(column, layout, number, _FIRST_BIRTH[contract.greatest_age is None]) for column in _held(layout, contract)}
        _in_their_time(told, contract.codes_in_use, layout)
        meant.append({name: value for name, (_, value) in told.items()})
        cells.append(_cells({name: text for name, (text, _) in told.items()}, layout))
    return Written(cells, [_joined(row, layout) for row in meant])


def save(path: Path, rows: list[dict[str, str]]) -> None:
    """Write the rows as CSV."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def file_name(pattern: str) -> str:
    """A name that follows the pattern, of the day of delivery."""
    return pattern_in_words(pattern).partition(" ")[0].replace("YYYY-MM-DD", f"{DELIVERED}").replace("YYYYMMDD", f"{DELIVERED:%Y%m%d}")


def _held(layout: FileLayout, contract: Contract) -> list[Column]:
    return [column for column in contract.delivered if column.name in {*layout.columns, *layout.fixed}]


def _choices(column: Column, layout: FileLayout) -> Iterator[tuple[str, Any]]:
    """Each text that the layout knows for a column of codes, and what it stands for."""
    codes = layout.codes.get(column.name) or ({word: word for word in column.allowed} if column.allowed else {})
    if column.type == "BOOLEAN":
        codes = codes or {"Y": "true", "N": "false"}
        yield from ((code, {"true": True, "false": False}.get(str(meaning))) for code, meaning in codes.items())
        return
    yield from ((code, meaning) for code, meaning in codes.items() if meaning is not None or not column.required)


def _told(column: Column, layout: FileLayout, number: int, first_birth: date) -> tuple[str, Any]:
    """What row `number` says in a column: the text as written, and its meaning."""
    if column.name in layout.fixed:
        text = layout.fixed[column.name]
        return text, code_meanings(column, layout).get(text.upper(), text)
    choices = list(_choices(column, layout))
    if choices:
        return choices[number % len(choices)]
    if column.type == "DATE":
        return _day((first_birth if "birth" in column.name else _FIRST_DAY) + timedelta(days=number), layout, number)
    if column.type == "INTEGER":
        return _number(column, layout, number)
    if column.type.startswith("DECIMAL"):
        value = number + 0.25
        text = f"{-value if column.name in layout.negate else value}"
        return text.replace(".", layout.decimal_mark), value
    text = _TEXTS.get(column.name.removeprefix("contact_1_").removeprefix("contact_2_")) or f"{column.name.replace('_', ' ')} A{number:04d}"
    return text, text


def _day(day: date, layout: FileLayout, number: int) -> tuple[str, date]:
    return day.strftime(layout.date_formats[number % len(layout.date_formats)]), day


def _number(column: Column, layout: FileLayout, number: int) -> tuple[str, int]:
    value = _COUNTS.get(column.name, number % 4)
    if column.name == "academic_year":
        return _year(value, layout), value
    return str(value), value


def _year(value: int, layout: FileLayout) -> str:
    form = layout.academic_year_format or "2025"
    end = form[5:]
    return f"{value}{form[4]}{str(value + 1)[-len(end) :]}" if end else str(value)


def _in_their_time(told: dict[str, tuple[str, Any]], spans: tuple[CodesInUse, ...], layout: FileLayout) -> None:
    """Move the day, or the year, to one on which the row's code was in use."""
    for span in spans:
        if span.column in told and span.by in told and told[span.column][1] in span.codes:
            when = span.first or span.last
            told[span.by] = _day(when, layout, 0) if isinstance(when, date) else (_year(int(when or 0), layout), when)


def _cells(texts: dict[str, str], layout: FileLayout) -> dict[str, str]:
    """The texts under the supplier's headers: of columns that share one, in the order in which each one's pattern finds its own."""
    shared: dict[str, list[str]] = {}
    for column in texts:
        if column not in layout.fixed:
            shared.setdefault(layout.columns[column][0], []).append(column)
    found = {header: _shared(columns, texts, layout) for header, columns in shared.items()}
    return found | {header: _further(column, header) for column, headers in layout.combined.items() for header in headers}


def _shared(columns: list[str], texts: dict[str, str], layout: FileLayout) -> str:
    if len(columns) == 1:
        return texts[columns[0]]
    orders = (" ".join(texts[column] for column in order) for order in (columns, columns[::-1]))
    return next(text for text in orders if all(_part(layout.split[column], text) == texts[column] for column in columns))


def _part(pattern: str, text: str) -> str | None:
    match = re.fullmatch(pattern, text, re.IGNORECASE)
    return match[1] if match else None


def _further(column: str, header: str) -> str:
    return f"{header} of {column.replace('_', ' ')}"


def _joined(row: Row, layout: FileLayout) -> Row:
    """The row with what stands in further headers behind their column's own."""
    return row | {column: " ".join([str(row[column]), *(_further(column, h) for h in headers)]) for column, headers in layout.combined.items()}
