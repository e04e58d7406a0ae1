"""The first rows of any file as text, and the row among them that is most like a header; no profile is needed."""

import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from pipelines.errors import BadInput
from pipelines.inference import words
from pipelines.inference.targets import every_target
from pipelines.limits import USUAL, Limits
from pipelines.reading import columnar, delimited, detect, encoding, header, unpack, workbook

ROWS = 3_000
# A header names at least so many columns of a contract.
_FEWEST, _LIKE = 3, 0.6

Row = Sequence[str | None]


@dataclass(frozen=True, slots=True)
class Sample:
    """A sheet's header and its first rows; `likeness` says, by contract, how many of its names are like a column's."""

    kind: str
    sheet: str | None
    delimiter: str | None
    header_row: int
    names: tuple[str, ...]
    rows: list[Row]
    likeness: dict[str, float]
    is_of_several: bool = False
    """Whether the workbook has other sheets beside it."""

    def cells(self, position: int) -> list[str | None]:
        """The cells of a column, without those of rows that end before it."""
        return [row[position] for row in self.rows if len(row) > position]

    @property
    def has_dates_of_its_own(self) -> bool:
        """True of formats whose cells may be dates."""
        return self.kind != "csv"


def read(path: Path, keys: Sequence[str], limits: Limits = USUAL) -> Sample:
    """The sheet and header that are most like a contract's. Raises BadInput when none is like one, or when the file cannot be read."""
    found = max(_samples(path, keys, limits), key=lambda sample: max(sample.likeness.values()), default=None)
    if found is None or max(found.likeness.values()) < _FEWEST:
        raise BadInput(
            f"none of its first {header.ROWS_SEARCHED} rows names {_FEWEST} columns that any contract knows. "
            "Is it a partner's delivery? Compare it with docs/extracts.md, and write the profile by hand."
        )
    return found


def _samples(path: Path, keys: Sequence[str], limits: Limits) -> list[Sample]:
    grids: list[tuple[str | None, str | None, Sequence[Row]]] = []
    with tempfile.TemporaryDirectory() as scratch, unpack.unpacked(path, Path(scratch), limits) as found:
        if found.kind in detect.WORKBOOKS:
            with workbook.opened(found.path, found.kind, limits) as book:
                grids += [(name, None, list(islice(workbook.rows(book, name), ROWS))) for name in workbook.sheet_names(book)]
        elif found.kind == "parquet":
            grids += [(None, None, list(islice(columnar.rows(found.path, limits), ROWS)))]
        else:
            spelled = encoding.text_encoding(found.path)
            grids += [(None, delimiter, delimited.sample(found.path, spelled, delimiter, ROWS, limits)) for delimiter in delimited.DELIMITERS]
        several = found.kind in detect.WORKBOOKS and len(grids) > 1
        headed = (sample for sheet, delimiter, rows in grids for sample in _headed(found.kind, sheet, delimiter, rows, keys))
        return [replace(sample, is_of_several=several) for sample in headed]


def _headed(kind: str, sheet: str | None, delimiter: str | None, rows: Sequence[Row], keys: Sequence[str]) -> Iterator[Sample]:
    """The grid under each row, or two rows as one, that may be its header; two only where that names more."""
    for height in (1, 2):
        for end in range(height, min(len(rows), header.ROWS_SEARCHED) + 1):
            names = header.joined(rows[end - height : end])
            if _may_be_names(names):
                likeness = {key: _likeness(names, key) - (height - 1) for key in keys}
                yield Sample(kind, sheet, delimiter, end, names, [row for row in rows[end:] if any(row) and not _ends(row)], likeness)


def _may_be_names(names: Sequence[str]) -> bool:
    """Whether a row may be a header at all: its cells have letters and no long numbers, and hardly any stands twice."""
    filled = [name for name in names if name]
    named = [name for name in filled if re.search(r"[^\W\d_]", name) and not re.search(r"\d{3}", name)]
    return len(set(named)) >= max(_FEWEST, 0.85 * len(filled))


def _likeness(names: Sequence[str], key: str) -> float:
    """The sum over the columns of the likeness of the name that is most like each."""
    scores: dict[str, float] = {}
    columns, subjects = every_target()[key].contract.delivered, words.subjects_of(names, key)
    for name in filter(None, set(names)):
        own = words.words_in(name, key, subjects)
        score, column = max((words.likeness(own, key, column.name)[0], column.name) for column in columns)
        if score >= _LIKE:
            scores[column] = max(score, scores.get(column, 0.0))
    return sum(scores.values())


def _ends(row: Row) -> bool:
    """A total's row, or what a report says at its end."""
    filled = [cell for cell in row if cell and cell.strip()]
    return len(filled) <= max(2, len(row) // 5)
