"""Rows of an Excel workbook's sheets, every cell as text."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipelines.errors import BadInput
from pipelines.reading.cells import cell_text

Row = list[str | None]


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """The workbook; whatever the reader finds wrong becomes a BadInput that says what to do."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        yield CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
    except PasswordError:
        raise BadInput("the workbook is password-protected. Ask the supplier to remove the password and deliver it again.") from None
    except CalamineError as error:
        raise BadInput(
            f"the workbook is cut short or damaged ({type(error).__name__}). Deliver it again, or ask the supplier to save it anew as .xlsx."
        ) from None


def sheet_names(workbook: Any) -> list[str]:
    """Names of the workbook's sheets, in order; charts and macros left out."""
    from python_calamine import SheetTypeEnum

    return [sheet.name for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]


def rows(workbook: Any, sheet: str) -> Iterator[Row]:
    """The sheet's rows from its first, as wide as its widest."""
    for row in workbook.get_sheet_by_name(sheet).iter_rows():
        yield [cell_text(cell) for cell in row]
