"""A table for a person at a terminal: as many columns as its width has room for, and a word on those left out."""

import shutil
import sys
import textwrap
from collections.abc import Sequence
from typing import Any

import typer

from pipelines.values.file_names import shown_lines

Rows = list[dict[str, Any]]

_UNBOUNDED = 100_000

# Text beyond so many letters wraps: the widest for which the table fits, and the least rather than push a column out.
_WRAPPED = (_UNBOUNDED, 100, 80, 60, 50, 40, 32)
# A column of text this wide is told below its row where the table cannot hold it: squeezed it would be a line a word.
_LONG = 40
# Where nothing else helps: rather a name on two lines than no table.
_NARROW = (24, 16, 8)
_BETWEEN = 3


def show(rows: Rows, *, title: str = "", columns: Sequence[str] | None = None, shed: Sequence[str] = (), wide: bool = False) -> None:
    """Print the rows. Where they do not fit: empty columns go, then those of `shed` one after the other, then long text stands below its row; unless `wide`.

    A table that no width would make fit is a list, a line a value: no id is ever cut over lines.
    """
    width = _UNBOUNDED if wide else _terminal_width()
    cells = [{name: _counted(name, row.get(name)) for name in columns or rows[0]} for row in rows]
    empty = [] if _fitting(cells, (), width, _WRAPPED[:1]) else _empty(cells)
    told = [_without(row, empty) for row in cells]
    widths = _fitting(told, () if wide else shed, width, _WRAPPED)
    below = [] if widths else _long(told)
    widths = widths or _fitting([_without(row, below) for row in told], shed, width, (*_WRAPPED, *_NARROW))
    if not widths:
        told = [_without(row, () if wide else shed) for row in told]
        widths = dict.fromkeys(told[0])
        _list(told, title)
    else:
        _print(rows, [_without(row, below) for row in cells], widths, title, width)
        for row in cells if below else ():
            _tell(row, next(iter(widths)), below, width)
    left_out = [name.replace("_", " ") for name in cells[0] if name not in widths and name not in below and name not in empty]
    if left_out:
        typer.echo(f"Left out for want of room: {', '.join(left_out)}. --wide shows all, --json too.", err=True)


def _print(rows: Rows, cells: list[dict[str, str]], widths: dict[str, int | None], title: str, width: int) -> None:
    # Imported here so that `families --help` stays quick.
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title or None, title_justify="left", title_style="bold", header_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    for name, fitting in widths.items():
        numeric = all(isinstance(row.get(name), int | float) or row.get(name) is None for row in rows)
        table.add_column(name.replace("_", " "), justify="right" if numeric else "left", overflow="fold", width=fitting)
    for row in cells:
        table.add_row(*(row[name] for name in widths))
    Console(width=width, markup=False, highlight=False).print(table)


def cell(value: Any) -> str:
    """A value as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _figure(value) if isinstance(value, float) else shown_lines(str(value))


def _counted(name: str, value: Any) -> str:
    """A cell by its column: counts have commas between their thousands, numbers of rows and decisions have none."""
    is_count = name.endswith("_count") and isinstance(value, int) and not isinstance(value, bool)
    return f"{value:,}" if is_count else cell(value)


def _figure(value: float) -> str:
    """Three decimals, but never so few that a probability short of certain reads as 1, or one above nothing as 0."""
    texts = (f"{value:.{digits}f}".rstrip("0").rstrip(".") for digits in range(3, 9))
    return next((text for text in texts if float(text) == value or not text.lstrip("-").isdigit()), f"{value:.3g}")


def _terminal_width() -> int:
    """Columns of the terminal; of a pipe, what COLUMNS says, else 160."""
    return shutil.get_terminal_size((160 if not sys.stdout.isatty() else 80, 24)).columns


def _fitting(cells: list[dict[str, str]], shed: Sequence[str], width: int, wraps: Sequence[int]) -> dict[str, int | None]:
    """The columns to show, in order, each with its width; none where no width would make them fit."""
    names = list(cells[0]) if cells else []
    for name in (*shed, None):
        for wrapped in wraps:
            widths = {kept: _width(kept, [row[kept] for row in cells], wrapped) for kept in names}
            if names and sum(widths.values()) + _BETWEEN * len(names) <= width:
                return dict(widths)
        if name is not None:
            names = [kept for kept in names if kept != name]
    return {}


def _empty(cells: list[dict[str, str]]) -> list[str]:
    """Columns in which no row has anything."""
    return [name for name in cells[0] if not any(row[name] for row in cells)]


def _long(cells: list[dict[str, str]]) -> list[str]:
    """Columns of sentences, which a narrow table would squeeze."""
    return [name for name in cells[0] if max(len(row[name]) for row in cells) > _LONG and any(" " in row[name] for row in cells)]


def _without(row: dict[str, str], names: Sequence[str]) -> dict[str, str]:
    return {name: value for name, value in row.items() if name not in names}


def _tell(row: dict[str, str], about: str, names: Sequence[str], width: int) -> None:
    """The long texts of a row under what it is about."""
    for name in names:
        if row[name]:
            typer.echo(textwrap.fill(f"{row[about]}: {row[name]}", width, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False))


def _list(cells: list[dict[str, str]], title: str) -> None:
    """Every row as lines of name and value, an empty line between."""
    if title:
        typer.echo(title)
    longest = max(len(name) for name in cells[0])
    for row in cells:
        for name, value in row.items():
            if value:
                typer.echo(f"{name.replace('_', ' '):<{longest}}  {value}")
        typer.echo()


def _width(name: str, texts: list[str], wrapped: int) -> int:
    header = len(name) if wrapped == _UNBOUNDED else max(map(len, name.split("_")))
    longest_word = max(len(word) for text in texts for word in (text.split() or [""]))
    return max(header, longest_word, min(wrapped, max(len(line) for text in texts for line in text.split("\n"))))
