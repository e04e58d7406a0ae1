"""Tables that leave for a spreadsheet, as a worksheet or as CSV: everything exported is written by these two, on Polars."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import polars as pl
    import xlsxwriter
    from xlsxwriter.worksheet import Worksheet

# Nothing that a partner wrote may become a formula or a link in a reader's spreadsheet.
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "default_date_format": "yyyy-mm-dd"}

# What a spreadsheet takes for the start of a formula (OWASP, CSV injection).
_COULD_START_A_FORMULA = r"^([=+\-@\t\r])"
_WIDEST = 430  # pixels
_PLAIN = {"bold": True, "bottom": 1}

Rows = Sequence[dict[str, Any]]


def write_csv(path: Path, columns: Sequence[str], rows: Rows) -> None:
    """Write these columns of the rows as CSV, with a byte-order mark so that Excel reads it as UTF-8. A quote stands before text that could be a formula."""
    import polars as pl

    harmless = pl.col(pl.String).str.replace(_COULD_START_A_FORMULA, "'$1")
    _frame(columns, rows).with_columns(harmless).write_csv(path, include_bom=True, datetime_format="%Y-%m-%d %H:%M:%S", line_terminator="\r\n")


class Sheet(NamedTuple):
    """A sheet of a workbook: its title, its columns and the rows."""

    title: str
    columns: Sequence[str]
    rows: Rows


def write_book(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write a workbook of these sheets."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), OPTIONS) as book:
        for sheet in sheets:
            write_sheet(book, sheet.title, sheet.columns, sheet.rows)


def write_sheet(book: "xlsxwriter.Workbook", title: str, columns: Sequence[str], rows: Rows, *, held: int = 1) -> "Worksheet":
    """Add a sheet that a person can read at once: widths that fit, filters, the header and the first `held` columns in sight.

    What a row has beside the columns is left out. The book must be made with OPTIONS.
    """
    import polars as pl

    sheet = book.add_worksheet(title)
    frame = _frame(columns, rows)
    frame.write_excel(
        book,
        sheet,
        header_format=_PLAIN,
        dtype_formats={(pl.Int64, pl.Float64, pl.Boolean): "General", pl.Date: "yyyy-mm-dd", pl.Datetime: "yyyy-mm-dd hh:mm"},
        freeze_panes=(1, held),
        table_style={"style": None, "banded_rows": False},
    )
    _mark_text(book, sheet, frame)
    sheet.autofit(_WIDEST)
    return sheet


def _mark_text(book: "xlsxwriter.Workbook", sheet: "Worksheet", frame: "pl.DataFrame") -> None:
    """Mark what could be taken for a formula as text for good, as a quote typed before it does: it stays text when somebody edits the cell."""
    import polars as pl

    quoted = book.add_format({"quote_prefix": True})
    for place, name in enumerate(frame.columns):
        if frame[name].dtype == pl.String:
            risky = frame[name].str.contains(_COULD_START_A_FORMULA).fill_null(value=False)
            for number in risky.arg_true().to_list():
                sheet.write_string(number + 1, place, frame[name][number], quoted)


def _frame(columns: Sequence[str], rows: Rows) -> "pl.DataFrame":
    """The columns of the rows; one without any value is text."""
    import polars as pl

    series = []
    for name in columns:
        values = [row.get(name) for row in rows]
        kind = None if any(value is not None for value in values) else pl.String
        series.append(pl.Series(name, values, dtype=kind, strict=False))
    return pl.DataFrame(series)
