"""A spreadsheet's or Parquet file's value as text, without damage to numbers and dates."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

# Spreadsheets keep a date as the days since this one, unless they say another.
DAY_ZERO = date(1899, 12, 30)
# A double holds every whole number up to here exactly.
_EXACT = 2**53


def cell_text(value: Any, decimal_mark: str = ".") -> str | None:
    """The value as a person would write it: whole numbers without a point, no exponent, dates in ISO form.

    `decimal_mark` is the one of the supplier's texts: a number is written with it, so that it is read as what it is, and never as thousands.
    """
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _number_text(value).replace(".", decimal_mark)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time.min else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, Decimal):
        return format(value, "f").replace(".", decimal_mark)
    if isinstance(value, date | time):
        return value.isoformat()
    return value.decode() if isinstance(value, bytes) else str(value)


def _number_text(value: float) -> str:
    if value.is_integer() and abs(value) <= _EXACT:
        return str(int(value))
    return format(Decimal(repr(value)), "f")
