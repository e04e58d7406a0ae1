"""Rows of a delimited text file, every field as its text; a row that runs over several lines counts as one."""

import csv
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path

from pipelines.errors import BadInput

DELIMITERS = (",", ";", "|", "\t")

# Fed to the parser after the last line: when it does not come back as a row of its own, a quotation mark is still open.
_END = "\x1eend of file\x1e"


def rows(path: Path, encoding: str, delimiter: str) -> Iterator[list[str]]:
    """The file's rows in order; a blank line is an empty list. Raises BadInput when a quotation mark is never closed."""
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(chain(file, [_END]), delimiter=delimiter)
        number = 0
        try:
            for number, row in enumerate(reader, start=1):  # noqa: B007 - the number is for the message below
                if row == [_END]:
                    return
                yield row
        except csv.Error:
            raise BadInput(
                f"row {number + 1} holds a field of more than {csv.field_size_limit():,} characters: a quotation mark there is probably never closed. "
                "Mend that row, or ask the supplier to export the file again."
            ) from None
    raise BadInput(f"row {number} opens a quotation mark that is never closed, so the rows after it cannot be told apart. Mend that row and deliver again.")


def sample(path: Path, encoding: str, delimiter: str, count: int) -> list[list[str]]:
    """The first rows, as far as they can be read."""
    found: list[list[str]] = []
    with suppress(BadInput):
        found.extend(islice(rows(path, encoding, delimiter), count))
    return found
