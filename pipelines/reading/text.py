"""A delivered file as a header and rows of text, whatever its format; the steps after this one know no formats."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.errors import NO_ROWS, BadInput
from pipelines.limits import USUAL, Limits
from pipelines.reading import columnar, delimited, detect, encoding, header, load, tables, unpack, workbook
from pipelines.reading.cells import DAY_ZERO
from pipelines.reading.header import Header
from pipelines.values.file_names import shown
from schemas.profile import Profile

if TYPE_CHECKING:
    from pyarrow import RecordBatch

Rows = Iterator[Sequence[str | None]]

_NOTHING = "there is no row in the file. Ask the supplier to export it again."


@dataclass(frozen=True, slots=True)
class Text:
    """What was found out about a file, its header, and its rows after the header."""

    kind: str
    packing: str | None
    encoding: str | None
    delimiter: str | None
    header: Header
    rows: Rows
    remarks: tuple[str, ...]
    batches: Callable[[], Iterator["RecordBatch"]] | None = None
    """The same rows many at a time, where the file is one that a fast reader may try."""
    day_zero: date = DAY_ZERO
    """The day from which bare day numbers count, in formats whose cells may be dates."""

    @property
    def file_format(self) -> str:
        """What the file is and, after a full stop, how it was packed."""
        return ".".join(filter(None, (self.kind, self.packing)))

    @property
    def has_dates_of_its_own(self) -> bool:
        """True of formats whose cells may be dates."""
        return self.kind != "csv"


@contextmanager
def read(path: Path, profile: Profile, scratch: Path, limits: Limits = USUAL) -> Iterator[Text]:
    """The file as text; its rows are read as they are asked for. Raises BadInput for a file that is no table of the profile's columns."""
    with unpack.unpacked(path, scratch, limits) as found:
        if found.kind in detect.WORKBOOKS:
            with workbook.opened(found.path, found.kind, limits) as book:
                yield _noted(_sheet(book, found.kind, profile, limits), found)
        else:
            reader = _columnar if found.kind == "parquet" else _delimited
            yield _noted(reader(found.path, profile, limits), found)


def _delimited(path: Path, profile: Profile, limits: Limits) -> Text:
    found = encoding.text_encoding(path)
    samples = {delimiter: delimited.sample(path, found, delimiter, header.ROWS_SEARCHED, limits) for delimiter in delimited.DELIMITERS}
    headers = {delimiter: header.find(rows, profile) for delimiter, rows in samples.items()}
    delimiter = max(delimited.DELIMITERS, key=lambda d: (_matches(headers[d]), max(map(len, samples[d]), default=0)))
    if not any(samples.values()):
        # Reading on tells what is wrong.
        all(delimited.rows(path, found, delimiter, limits))
        raise BadInput(_NOTHING, rule=NO_ROWS)
    _refuse_torn_header(headers[delimiter], samples[delimiter], delimiter)
    names = _checked(headers[delimiter], samples[delimiter], profile, limits)
    shape = delimited.Shape(names.row, names.fewest_fields, len(names.names))
    rows = islice(delimited.rows(path, found, delimiter, limits, shape), names.row, None)
    is_plain = delimited.is_plain(path, found, delimiter, limits)
    batches = partial(delimited.plain_batches, path, found, delimiter, load.columns(names), names.row) if is_plain else None
    return Text("csv", None, found.removesuffix("-sig"), delimiter, names, rows, (), batches)


def _refuse_torn_header(found: Header | None, rows: header.Rows, delimiter: str) -> None:
    """Of the rows that a header's quotation mark swallows nothing would be told."""
    for names in rows[found.row - found.height : found.row] if found else ():
        runs_on = any("\n" in (name or "") or "\r" in (name or "") for name in names)
        if runs_on and delimited.is_torn([name or "" for name in names], delimiter, delimited.Shape(0, len(names), len(names))):
            raise BadInput("the header opens a quotation mark that closes in a later row, so rows are lost in it. Mend it and deliver again.")


def _columnar(path: Path, profile: Profile, limits: Limits) -> Text:
    rows = columnar.rows(path, limits, profile.decimal_mark)
    first = next(rows)
    return Text("parquet", None, None, None, _checked(header.find([first], profile), [first], profile, limits), rows, ())


def _sheet(book: workbook.Workbook, kind: str, profile: Profile, limits: Limits) -> Text:
    """The sheet with the table; when none has a header, the first sheet says what is wrong. Raises BadInput where another has such rows too."""
    chosen = tables.find(book, profile)
    if chosen is None:
        raise BadInput("the workbook has no sheet with anything on it. Ask the supplier to export it again.", rule=NO_ROWS)
    found = _checked(chosen.header, chosen.first_rows, profile, limits)
    tables.refuse_several(book, chosen, profile)
    count = len(workbook.sheet_names(book))
    remarks = (f"Of its {count} sheets, '{shown(chosen.sheet)}' was read.",) if count > 1 else ()
    return Text(
        kind, None, None, None, found, islice(workbook.rows(book, chosen.sheet, profile.decimal_mark), found.row, None), remarks, day_zero=book.day_zero
    )


def _checked(found: Header | None, rows: header.Rows, profile: Profile, limits: Limits) -> Header:
    if found is None:
        raise BadInput(header.not_found(rows, profile), rule=header.NO_HEADER)
    header.check(found, profile, limits)
    return found


def _noted(text: Text, found: unpack.Unpacked) -> Text:
    """The text with how it was packed and the remarks a supplier should hear of."""
    unexpected = header.unexpected(text.header)
    names = header.listed(unexpected) if text.header.may_be_told else _not_shown(len(unexpected))
    ignored = f"Left out, since the profile does not name them: {names}." if unexpected else None
    remarks = [remark for remark in (detect.misnamed(found.name, text.kind), ignored) if remark]
    return replace(text, packing=found.packing, remarks=(*text.remarks, *remarks))


def _not_shown(count: int) -> str:
    return f"{count:,} columns whose names look like values" if count > 1 else "1 column whose name looks like a value"


def _matches(found: Header | None) -> int:
    return len(found.positions) if found else 0
