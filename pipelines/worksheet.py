"""A table as a worksheet that a person can read at once: widths that fit, the header held in place, filters; shared by every table exported."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

# Nothing that a partner wrote may become a formula or a link in a reader's spreadsheet.
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "default_date_format": "yyyy-mm-dd"}

_WIDEST = 60
# Room for the filter's arrow in the header, and for the margins of a cell.
_ARROW, _MARGIN = 4, 2


def write(book: xlsxwriter.Workbook, title: str, columns: Sequence[str], rows: Sequence[dict[str, Any]], *, held: int = 1) -> Worksheet:
    """Add a sheet of these columns; the header and the first `held` columns stay in sight. What a row has beside the columns is left out."""
    sheet = book.add_worksheet(title)
    sheet.write_row(0, 0, columns, book.add_format({"bold": True, "bottom": 1}))
    at = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for number, row in enumerate(rows, start=1):
        for place, name in enumerate(columns):
            value = row.get(name)
            sheet.write(number, place, value, at) if isinstance(value, datetime) else sheet.write(number, place, value)
    for place, name in enumerate(columns):
        sheet.set_column(place, place, _width(name, [row.get(name) for row in rows]))
    sheet.freeze_panes(1, held)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    return sheet


def _width(name: str, values: list[Any]) -> int:
    """Wide enough for the header and for every value, within reason."""
    return min(max([len(name) + _ARROW, *(len(_as_shown(value)) + _MARGIN for value in values)]), _WIDEST)


def _as_shown(value: Any) -> str:
    if isinstance(value, datetime):
        return "yyyy-mm-dd hh:mm"
    if isinstance(value, date):
        return "yyyy-mm-dd"
    return "" if value is None else str(value)
