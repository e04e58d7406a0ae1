"""Opens one file of a people table with DuckDB, and tells what is wrong with one that cannot be read: where, never what it says."""

import csv
import gzip
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import duckdb

from pipelines.errors import BadInput
from pipelines.values.file_names import shown
from pipelines.values.text import counted
from pipelines.warehouse import Connection

_READERS = {".csv": "read_csv", ".tsv": "read_csv", ".txt": "read_csv", ".gz": "read_csv", ".parquet": "read_parquet"}
# Old writers of Parquet leave it open that their bytes are text.
_PARQUET = ", binary_as_string = true"
_CSV = ", all_varchar = true, header = true, null_padding = false, max_line_size = 16777216"
_DELIMITERS = (",", ";", "\t", "|")


def reader(path: Path) -> tuple[str, str]:
    """DuckDB's function for the file's kind, and its options. Raises BadInput for another kind, or none."""
    if path.is_dir():
        raise BadInput(f"{shown(path)} is a folder. Name the files in it, such as {shown(path.name)}/*.csv.")
    function = _READERS.get(path.suffix.lower())
    if function is None:
        raise BadInput(f"{shown(path.name)}: a file of records is .csv, .csv.gz, .tsv or .parquet. Save it as one of these and run again.")
    if not path.is_file():
        raise BadInput(f"{shown(path)}: there is no such file.")
    options = _CSV if function == "read_csv" else _PARQUET
    return function, options + (", delim = '\t'" if path.suffix.lower() == ".tsv" else "")


def columns_of(con: Connection, path: Path) -> dict[str, str]:
    """Types of the file's columns by name."""
    function, options = reader(path)
    rows = execute(con, f"describe from {function}($path{options})", path, {"path": str(path)})
    return {str(row[0]): str(row[1]) for row in rows}


def execute(con: Connection, statement: str, path: Path, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    """What the statement finds in the file. Raises BadInput when it cannot be read."""
    try:
        return con.execute(statement, parameters).fetchall()
    except (duckdb.InvalidInputException, duckdb.IOException, duckdb.ConversionException) as error:
        # DuckDB's own message quotes the line.
        raise BadInput(f"{shown(path.name)}: {_reason(str(error), path)} Open the file, mend it and run again.") from None


def _reason(message: str, path: Path) -> str:
    if "utf-8" in message.lower() or "unicode" in message.lower():
        return "it is not in UTF-8. Save it as CSV UTF-8."
    if "Maximum line size" in message:
        return "a line is longer than 16 MB; a quotation mark may be missing its partner."
    return uneven(path) or "it cannot be read as a table: it is empty or damaged, or a row has another number of cells than the header."


def uneven(path: Path) -> str | None:
    """The first line of a CSV file whose row has another number of cells than the header, as a sentence; None where there is none or no text."""
    try:
        with _rows(path) as rows:
            width, before = len(next(rows, [])), rows.line_num
            for row in rows:
                if row and len(row) != width:
                    return (
                        f"the row of line {before + 1:,} has {counted(len(row), 'cell')}, the header {width:,}. A value with a comma, or whatever else parts"
                        " the cells, must stand in quotation marks, and each mark must have its partner."
                    )
                before = rows.line_num
    except csv.Error:
        return f"the row of line {before + 1:,} has no end; a quotation mark may be missing its partner."
    except (OSError, EOFError, ValueError, zlib.error):
        return None
    return None


def check_header(path: Path, wanted: Iterable[str]) -> None:
    """Raise BadInput where the header of a CSV file has a wanted column twice: which one is meant cannot be told."""
    try:
        with _rows(path) as rows:
            times = Counter(name.strip().casefold() for name in next(rows, []))
    except (csv.Error, OSError, EOFError, ValueError, zlib.error):
        return
    for column in wanted:
        if times[column.casefold()] > 1:
            raise BadInput(f"{shown(path.name)}: the header has the column '{shown(column)}' {times[column.casefold()]} times. Give each a name of its own.")


class _Rows:
    """Rows of a CSV file, and the line at which the last one ended."""

    def __init__(self, file: TextIO, delimiter: str) -> None:
        self._reader = csv.reader(file, delimiter=delimiter)

    def __iter__(self) -> Iterator[list[str]]:
        return self

    def __next__(self) -> list[str]:
        return next(self._reader)

    @property
    def line_num(self) -> int:
        return self._reader.line_num


@contextmanager
def _rows(path: Path) -> Iterator[_Rows]:
    """Raises ValueError where the file is no text with cells."""
    if _READERS.get(path.suffix.lower()) != "read_csv":
        raise ValueError("not a text")
    with _opened(path) as file:
        # A header longer than this is none.
        header = file.readline(1_000_000)
        file.seek(0)
        yield _Rows(file, max(_DELIMITERS, key=header.count))


def _opened(path: Path) -> TextIO:
    if path.suffix.lower() == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")
