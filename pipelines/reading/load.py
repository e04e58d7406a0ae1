"""Puts a file's rows into a table of text, in batches, so that memory does not grow with the file."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice, zip_longest
from typing import TYPE_CHECKING

import duckdb

from pipelines.errors import BadInput
from pipelines.limits import USUAL, Limits, setting
from pipelines.reading.delimited import Torn
from pipelines.reading.header import Header, listed

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow import RecordBatch

Row = Sequence[str | None]
Batches = Callable[[], Iterator["RecordBatch"]]

# Bounds the memory of a batch to a few megabytes at a few hundred characters a row.
_ROWS_AT_ONCE = 20_000


def load(con: duckdb.DuckDBPyConnection, rows: Iterator[Row], header: Header, batches: Batches | None = None, limits: Limits = USUAL) -> int:
    """Fill temp table `delivered` (source_row, fault, beyond, c0, c1, ...) from the rows after the header; returns how many.

    `batches` give the same rows as text many at a time; where they cannot, since a row does not fit the header, the rows are read one by one.
    Raises BadInput for more rows, or a longer cell, than the limits let pass.
    """
    return (_load_batches(con, batches, header, limits) if batches else None) or _load_rows(con, rows, header, limits)


def columns(header: Header) -> list[str]:
    """Names of the table's text columns, one a column of the file."""
    return [f"c{position}" for position in range(len(header.names))]


def _make(con: duckdb.DuckDBPyConnection, header: Header) -> None:
    cells = ", ".join(f"{name} varchar" for name in columns(header))
    con.execute(f"create or replace temp table delivered (source_row bigint, fault varchar, beyond varchar, {cells})")


def _load_batches(con: duckdb.DuckDBPyConnection, batches: Batches, header: Header, limits: Limits) -> int | None:
    """As `load`; None when a row has more or fewer fields than the header."""
    import pyarrow as pa

    _make(con, header)
    count = 0
    try:
        for batch in batches():
            first = header.row + 1 + count
            numbered = pa.table({"source_row": pa.array(range(first, first + batch.num_rows), pa.int64()), **dict(zip(columns(header), batch, strict=True))})
            con.register("batch", numbered)
            con.execute("insert into delivered by name from batch")
            con.unregister("batch")
            count += batch.num_rows
            _refuse_endless(count, limits)
    except pa.ArrowInvalid:
        return None
    return count


def _load_rows(con: duckdb.DuckDBPyConnection, rows: Iterator[Row], header: Header, limits: Limits) -> int:
    _make(con, header)
    count = 0
    while batch := list(islice(rows, _ROWS_AT_ONCE)):
        _append(con, batch, header, header.row + 1 + count, limits)
        count += len(batch)
        _refuse_endless(count, limits)
    return count


def _refuse_endless(count: int, limits: Limits) -> None:
    if count > limits.limit_rows:
        raise BadInput(
            f"it holds more than {limits.limit_rows:,} rows {setting('limit_rows')}. "
            "Ask the supplier for a shorter period, or raise the limit if the file is real."
        )


def _refuse_endless_cell(columns: "Sequence[pa.Array]", header: Header, limits: Limits) -> None:
    import pyarrow.compute as pc

    for name, cells in zip(header.names, columns, strict=True):
        if (pc.max(pc.utf8_length(cells)).as_py() or 0) > limits.limit_cell_characters:
            where = f"column {listed([name])}" if header.may_be_told else "a column"
            raise BadInput(
                f"{where} has a cell of more than {limits.limit_cell_characters:,} characters {setting('limit_cell_characters')}. "
                "Ask the supplier to export the file again."
            )


def _append(con: duckdb.DuckDBPyConnection, batch: list[Row], header: Header, first: int, limits: Limits) -> None:
    import pyarrow as pa

    width = len(header.names)
    lengths = list(map(len, batch))
    fewest = header.fewest_fields
    beyond = [_beyond(row, width) for row in batch] if max(lengths) > width else [None] * len(batch)
    ragged = (type(row) is Torn or length < fewest or more is not None for row, length, more in zip(batch, lengths, beyond, strict=True))
    # Cut first: one row of a million delimiters would make a million columns of the whole batch.
    cells = list(zip_longest(*(batch if max(lengths) <= width else [row[:width] for row in batch])))
    cells += [(None,) * len(batch)] * (width - len(cells))
    texts = [pa.array(column, pa.string()) for column in cells]
    _refuse_endless_cell(texts, header, limits)
    table = pa.table(
        {
            "source_row": pa.array(range(first, first + len(batch)), pa.int64()),
            "fault": pa.array([_fault(row) if is_ragged else None for row, is_ragged in zip(batch, ragged, strict=True)], pa.string()),
            "beyond": pa.array(beyond, pa.string()),
            **dict(zip(columns(header), texts, strict=True)),
        }
    )
    con.register("batch", table)
    con.execute("insert into delivered from batch")
    con.unregister("batch")


def _fault(row: Row) -> str:
    """What is wrong with a row that does not fit the header, or with one that another swallowed."""
    if type(row) is Torn:
        return "open_quote" if row else "swallowed"
    return "row_length"


def _beyond(row: Row, width: int) -> str | None:
    """What a row holds beyond the header's last column; nothing when that is blank."""
    text = "\x1f".join(cell or "" for cell in row[width:])
    return text if text.strip("\x1f \t") else None
