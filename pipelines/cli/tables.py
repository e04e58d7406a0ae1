"""A table for a person at a terminal: as many columns as its width has room for, and a word on those left out."""

import shutil
import sys
from collections.abc import Sequence
from typing import Any

import typer

from pipelines.values.file_names import shown_lines

Rows = list[dict[str, Any]]

_UNBOUNDED = 100_000

# Text beyond so many letters wraps: the widest for which the table fits, and the least rather than push a column out.
_WRAPPED = (_UNBOUNDED, 100, 80, 60, 50, 40, 32)
_BETWEEN = 3


def show(rows: Rows, *, title: str = "", columns: Sequence[str] | None = None, shed: Sequence[str] = (), wide: bool = False) -> None:
    """Print the rows; where they do not fit, the columns of `shed` are left out one after the other, unless `wide`."""
    # Imported here so that `families --help` stays quick.
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    width = _UNBOUNDED if wide else _terminal_width()
    cells = [{name: cell(row.get(name)) for name in columns or rows[0]} for row in rows]
    widths = _fitting(cells, [] if wide else shed, width)
    table = Table(title=title or None, title_justify="left", title_style="bold", header_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    for name, fitting in widths.items():
        numeric = all(isinstance(row.get(name), int | float) or row.get(name) is None for row in rows)
        table.add_column(name.replace("_", " "), justify="right" if numeric else "left", overflow="fold", width=fitting)
    for row in cells:
        table.add_row(*(row[name] for name in widths))
    Console(width=width, markup=False, highlight=False).print(table)
    left_out = [name.replace("_", " ") for name in cells[0] if name not in widths]
    if left_out:
        typer.echo(f"Left out for want of room: {', '.join(left_out)}. --wide shows all, --json too.", err=True)


def cell(value: Any) -> str:
    """A value as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _figure(value) if isinstance(value, float) else shown_lines(str(value))


def _figure(value: float) -> str:
    """Three decimals, but never so few that a probability short of certain reads as 1, or one above nothing as 0."""
    texts = (f"{value:.{digits}f}".rstrip("0").rstrip(".") for digits in range(3, 9))
    return next((text for text in texts if float(text) == value or not text.lstrip("-").isdigit()), f"{value:.3g}")


def _terminal_width() -> int:
    """Columns of the terminal; of a pipe, what COLUMNS says, else 160."""
    return shutil.get_terminal_size((160 if not sys.stdout.isatty() else 80, 24)).columns


def _fitting(cells: list[dict[str, str]], shed: Sequence[str], width: int) -> dict[str, int | None]:
    """The columns to show, in order, each with its width; without one where no width would make them fit."""
    names = list(cells[0])
    for name in (*shed, None):
        for wrapped in _WRAPPED:
            widths = {kept: _width(kept, [row[kept] for row in cells], wrapped) for kept in names}
            if sum(widths.values()) + _BETWEEN * len(names) <= width:
                return dict(widths)
        if name is not None:
            names = [kept for kept in names if kept != name]
    return dict.fromkeys(names)


def _width(name: str, texts: list[str], wrapped: int) -> int:
    header = len(name) if wrapped == _UNBOUNDED else max(map(len, name.split("_")))
    return max(header, min(wrapped, max(len(line) for text in texts for line in text.split("\n"))))
