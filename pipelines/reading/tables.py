"""Which of a workbook's sheets holds the table: one of them is read, so rows of the same table on another must be told, never left out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from pipelines.errors import BadInput
from pipelines.reading import header, workbook
from pipelines.reading.header import Header
from schemas.profile import Profile

# A sheet that names so large a share of the table's columns is of the same table; a pivot or a list of codes names fewer.
_MOST = 0.5
# So large a share of a row's cells must be written alike for it to be a further row of the table.
_ALIKE = 0.8

Row = Sequence[str | None]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The sheet to read, its header where it has one, and what to say of its first rows where not; the other sheets that can be seen, with theirs."""

    sheet: str
    header: Header | None
    first_rows: list[Row]
    others: dict[str, list[Row]]


def find(book: workbook.Workbook, profile: Profile) -> Chosen | None:
    """The sheet that the profile names, or of those to be seen, with rows, the one that names most of its columns, the first of equals; else a hidden one.

    None where nothing is on any sheet. Raises BadInput where the workbook has no sheet of the profile's name.
    """
    names = _asked(workbook.sheet_names(book), profile)
    hidden = workbook.hidden_sheets(book)
    samples: dict[str, list[Row]] = {name: list(islice(workbook.rows(book, name), header.ROWS_SEARCHED)) for name in names}
    if not any(samples.values()):
        return None
    headers = {name: header.find(samples[name], profile) for name in names}
    sheet = max(names, key=lambda name: (headers[name] is not None, name not in hidden, *_worth(headers[name], samples[name])))
    first_rows = samples[sheet] or next(filter(None, samples.values()))
    return Chosen(sheet, headers[sheet], first_rows, {name: rows for name, rows in samples.items() if name != sheet and name not in hidden})


def _worth(found: Header | None, rows: list[Row]) -> tuple[bool, int]:
    """Whether rows stand under the header, and how many columns it names."""
    return (any(map(any, rows[found.row :])), len(found.positions)) if found else (False, 0)


def refuse_several(book: workbook.Workbook, chosen: Chosen, profile: Profile) -> None:
    """Raises BadInput where another sheet that can be seen has rows of the same table, under its header or on their own."""
    if chosen.header is None:
        return
    for name, rows in chosen.others.items():
        found = header.find(rows, profile)
        is_same = found is not None and len(found.positions) > _MOST * len(chosen.header.positions)
        if (found is not None and is_same and _has_rows(book, name, found)) or (found is None and _goes_on(rows, chosen)):
            raise BadInput(
                f"rows of the same table stand on two of its sheets, {header.listed([chosen.sheet, name])}, and one sheet only is read. "
                "Ask the supplier for all rows on one sheet, or a file for each; or, if the other is not to be read, name the sheet to read "
                "under sheet in extracts.yml.",
                rule="several_sheets",
            )


def _has_rows(book: workbook.Workbook, name: str, found: Header) -> bool:
    return any(any(cell and cell.strip() for cell in row) for row in islice(workbook.rows(book, name), found.row, None))


def _goes_on(rows: list[Row], chosen: Chosen) -> bool:
    """Whether the first row with anything in it is written as the table's own rows are: a sheet that was full goes on so on the next."""
    assert chosen.header is not None  # noqa: S101 - asked only where there is one
    first = next((row for row in rows if any(row)), [])
    fewest = _MOST * len(chosen.header.positions)
    return sum(map(bool, first)) > fewest and any(_are_alike(first, row) for row in chosen.first_rows[chosen.header.row :] if any(row))


def _are_alike(one: Row, other: Row) -> bool:
    pairs = [pair for pair in ((_shape(a), _shape(b)) for a, b in zip(one, other, strict=False)) if any(pair)]
    filled = max(sum(1 for cell in row if _shape(cell)) for row in (one, other))
    return sum(a == b for a, b in pairs) >= _ALIKE * filled


def _shape(cell: str | None) -> str:
    """How a cell is written: its letters and its digits, however many, and what stands between."""
    return re.sub(r"\d+", "9", re.sub(r"[^\W\d_]+", "a", (cell or "").strip()))


def _asked(names: list[str], profile: Profile) -> list[str]:
    """All sheets, or the one of the name that the profile gives. Raises BadInput where the workbook has none of it."""
    if profile.sheet is None:
        return names
    asked = [name for name in names if header.compact(name) == header.compact(profile.sheet)]
    if not asked:
        raise BadInput(
            f"none of the workbook's {len(names)} sheets is named '{profile.sheet}' (sheet in extracts.yml). "
            "Ask the supplier for the agreed sheet, or correct sheet in extracts.yml, or take it out: then the sheet that names most columns is read."
        )
    return asked[:1]
