"""Rows of a delimited text file, every field as its text; a row that runs over several lines counts as one."""

import csv
import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipelines.errors import BadInput
from pipelines.limits import USUAL, Limits, setting

if TYPE_CHECKING:
    from pyarrow import RecordBatch

DELIMITERS = (",", ";", "|", "\t")

_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_MEND = "Mend that row and deliver again."
_CHUNK = 1024 * 1024
_BATCH = 8 * 1024 * 1024

# Fed to the parser after the last line: when it does not come back as a row of its own, a quotation mark is still open.
_END = "\x1eend of file\x1e"


class Torn(list[str]):
    """A row whose quotation mark closes in a later one, with all it swallowed; or, empty, a row that it swallowed."""


class Shape(NamedTuple):
    """What is known of a file's rows: the number of the header's last row, and how many fields a row has at least and at most."""

    header_row: int
    fewest: int
    most: int


def rows(path: Path, encoding: str, delimiter: str, limits: Limits = USUAL, shape: Shape | None = None) -> Iterator[list[str]]:
    """The file's rows in order; a blank line is an empty list. Raises BadInput when a quotation mark is never closed.

    With `shape`, a row in which a quotation mark swallowed those after it comes as Torn, and then an empty Torn for each of these, so that all are counted.
    """
    csv.field_size_limit(limits.limit_cell_characters)
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(chain(file, [_END]), delimiter=delimiter)
        number = line = 0
        try:
            for row in reader:
                if row == [_END]:
                    return
                number += 1
                if row and row[-1].endswith(_END):
                    told = _told(number, line + 1)
                    raise BadInput(f"{told} opens a quotation mark that is never closed, so the rows after it cannot be told apart. {_MEND}")
                spans, line = reader.line_num - line, reader.line_num
                if spans > 1 and shape and number > shape.header_row and is_torn(row, delimiter, shape):
                    number += spans - 1
                    yield Torn(row)
                    yield from (Torn() for _ in range(spans - 1))
                else:
                    yield row
        except csv.Error:
            raise BadInput(
                f"{_told(number + 1, line + 1)} holds a field of more than {limits.limit_cell_characters:,} characters {setting('limit_cell_characters')}: "
                "a quotation mark there is probably never closed. "
                "Mend that row, or ask the supplier to export the file again."
            ) from None


def _told(row: int, line: int) -> str:
    """A row by its number, and by its line where earlier rows run over several."""
    return f"row {row}" if row == line else f"row {row} (line {line} of the file)"


def is_torn(row: list[str], delimiter: str, shape: Shape) -> bool:
    """Whether a row over several lines is several rows, which a stray quotation mark made one.

    It is when it has not its number of fields; and when its fields with line breaks hold as many delimiters as the whole rows would that these lines
    are: then two stray marks have given it back its number of fields. An address over three lines holds fewer.
    """
    if len(row) < shape.fewest or any(cell.strip(" \t") for cell in row[shape.most :]):
        return True
    broken = [cell for cell in row if "\n" in cell or "\r" in cell]
    within = [line for cell in broken for line in _LINE_BREAK.split(cell)[1:]]
    held = sum(cell.count(delimiter) for cell in broken)
    slack = shape.most - shape.fewest
    # A blank line may be a row, or the beginning of one that goes on behind the closing mark.
    at_least = max(sum(bool(line.strip()) for line in within), 1) * (shape.fewest - 1) - slack
    return shape.fewest > 1 and at_least <= held <= len(within) * (shape.most - 1) + slack


def is_plain(path: Path, encoding: str, delimiter: str, limits: Limits = USUAL) -> bool:
    """Whether the file's rows are its lines, since no quotation mark spans two of them or stands where none belongs: then a fast reader may read them."""
    if encoding.startswith(("utf-16", "utf-32")):
        return False
    return _has_no_quotation_mark(path, _longest(limits)) or _is_well_quoted(path, delimiter, _longest(limits))


def _longest(limits: Limits) -> int:
    """No longer cell than the limit fits between line breaks of which one stands in every half of it."""
    return min(limits.limit_cell_characters, USUAL.limit_cell_characters) // 2


def _has_no_quotation_mark(path: Path, block: int) -> bool:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            blocks = range(0, len(chunk) - block + 1, block)
            if b'"' in chunk or any(chunk.find(b"\n", start, start + block) < 0 for start in blocks):
                return False
    return True


def _is_well_quoted(path: Path, delimiter: str, longest: int) -> bool:
    """Whether each line is whole: a field is in quotation marks from end to end, and those within doubled, or has none."""
    # What is quoted is tried first, and nothing is tried twice: a line takes time in proportion to its length.
    field = rb'(?:"(?:[^"\r\n]++|"")*+"|[^"\r\nD]*+)'.replace(b"D", re.escape(delimiter.encode()))
    line_of_fields = re.compile(field + b"(?:" + re.escape(delimiter.encode()) + field + rb")*+\r?\n?")
    with path.open("rb") as file:
        while line := file.readline(longest):
            if (b'"' in line and not line_of_fields.fullmatch(line)) or (len(line) == longest and not line.endswith(b"\n")):
                return False
    return True


def plain_batches(path: Path, encoding: str, delimiter: str, names: list[str], skipped: int) -> Iterator["RecordBatch"]:
    """A plain file's fields after the first rows, as texts under these names. Raises ArrowInvalid at the first row of more or fewer fields than names."""
    from pyarrow import csv as arrow
    from pyarrow import string

    read = arrow.ReadOptions(use_threads=False, block_size=_BATCH, skip_rows=skipped, column_names=names, encoding=encoding.removesuffix("-sig"))
    parse = arrow.ParseOptions(delimiter=delimiter, quote_char='"', double_quote=True, escape_char=False, newlines_in_values=False, ignore_empty_lines=False)
    convert = arrow.ConvertOptions(column_types=dict.fromkeys(names, string()), strings_can_be_null=False, quoted_strings_can_be_null=False)
    with arrow.open_csv(path, read_options=read, parse_options=parse, convert_options=convert) as reader:
        yield from reader


def sample(path: Path, encoding: str, delimiter: str, count: int, limits: Limits = USUAL) -> list[list[str]]:
    """The first rows, as far as they can be read."""
    found: list[list[str]] = []
    with suppress(BadInput):
        found.extend(islice(rows(path, encoding, delimiter, limits), count))
    return found
