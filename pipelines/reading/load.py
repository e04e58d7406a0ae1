"""Puts a file's rows into a table of text, in batches, so that memory does not grow with the file."""

from collections.abc import Iterator, Sequence
from itertools import islice, zip_longest

import duckdb

from pipelines.reading.header import Header

Row = Sequence[str | None]

# Bounds the memory of a batch to a few megabytes at a few hundred characters a row.
_ROWS_AT_ONCE = 20_000


def load(con: duckdb.DuckDBPyConnection, rows: Iterator[Row], header: Header) -> int:
    """Fill temp table `delivered` (source_row, fault, beyond, c0, c1, ...) from the rows after the header; returns how many."""
    width = len(header.names)
    columns = ", ".join(f"c{position} varchar" for position in range(width))
    con.execute(f"create or replace temp table delivered (source_row bigint, fault varchar, beyond varchar, {columns})")
    count = 0
    while batch := list(islice(rows, _ROWS_AT_ONCE)):
        _append(con, batch, header, header.row + 1 + count)
        count += len(batch)
    return count


def _append(con: duckdb.DuckDBPyConnection, batch: list[Row], header: Header, first: int) -> None:
    import pyarrow as pa

    width = len(header.names)
    lengths = list(map(len, batch))
    fewest = _last_named(header)
    beyond = [_beyond(row, width) for row in batch] if max(lengths) > width else [None] * len(batch)
    ragged = (length < fewest or more is not None for length, more in zip(lengths, beyond, strict=True))
    # Cut first: one row of a million delimiters would make a million columns of the whole batch.
    columns = list(zip_longest(*(batch if max(lengths) <= width else [row[:width] for row in batch])))
    columns += [(None,) * len(batch)] * (width - len(columns))
    table = pa.table(
        {
            "source_row": pa.array(range(first, first + len(batch)), pa.int64()),
            "fault": pa.array([_fault(row) if is_ragged else None for row, is_ragged in zip(batch, ragged, strict=True)], pa.string()),
            "beyond": pa.array(beyond, pa.string()),
            **{f"c{position}": pa.array(column, pa.string()) for position, column in enumerate(columns)},
        }
    )
    con.register("batch", table)
    con.execute("insert into delivered from batch")
    con.unregister("batch")


def _fault(row: Row) -> str:
    """What is wrong with a row that does not fit the header: one with a line break in a field has probably swallowed the rows after it."""
    return "open_quote" if any(cell and ("\n" in cell or "\r" in cell) for cell in row) else "row_length"


def _beyond(row: Row, width: int) -> str | None:
    """What a row holds beyond the header's last column; nothing when that is blank."""
    text = "\x1f".join(cell or "" for cell in row[width:])
    return text if text.strip("\x1f \t") else None


def _last_named(header: Header) -> int:
    return max(position for position, name in enumerate(header.names) if name) + 1
